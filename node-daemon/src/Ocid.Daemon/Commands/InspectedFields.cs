using Ocid.Daemon.Templates;
using Ocid.Images.Inspection;

namespace Ocid.Daemon.Commands;

/// <summary>What <c>ocid inspect --format</c> can name: the members of the JSON.</summary>
internal static class InspectedFields
{
    private static readonly Dictionary<string, string> s_none = [];

    public static GoStruct Of(ImageInspection image) => new([
        .. Where(image.Id is not null, ("Id", image.Id)),
        ("Name", image.Name ?? ""),
        ("Tag", image.Tag ?? ""),
        ("Digest", image.Digest),
        ("RepoTags", image.RepoTags),
        .. Where(image.RepoDigests is not null, ("RepoDigests", image.RepoDigests)),
        ("Created", image.Created is { } created ? new GoTime(created) : null),
        ("DockerVersion", image.DockerVersion),
        ("Labels", image.Labels ?? s_none),
        ("Architecture", image.Architecture),
        ("Os", image.Os),
        .. Where(image.Size is not null, ("Size", image.Size)),
        ("Layers", image.Layers),
        ("LayersData", image.LayersData.Select(Layer).ToList()),
        ("Env", image.Env ?? []),
    ]);

    private static GoStruct Layer(LayerInspection layer) => new(
        ("MIMEType", layer.MediaType), ("Digest", layer.Digest), ("Size", layer.Size), ("Annotations", layer.Annotations ?? s_none));

    private static IEnumerable<(string, object?)> Where(bool isThere, (string, object?) field) => isThere ? [field] : [];
}
