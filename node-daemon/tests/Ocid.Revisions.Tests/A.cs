using System.Text;
using Ocid.Primitives;

namespace Ocid.Revisions.Tests;

/// <summary>Revisions to test with.</summary>
internal static class A
{
    public static RevisionRuntime Runtime { get; } = new("0.1.0", InstallMode.Managed);

    public static RevisionContent File(string path, string content = "content", Disruption needs = Disruption.Reload) =>
        new(RevisionPath.Parse(path), Encoding.UTF8.GetBytes(content), 0x1A4, needs);

    public static Revision Revision(params RevisionContent[] files) => Revisions.Revision.Create(Runtime, KubeletMode.Keep, files);

    public static string Text(RevisionDocument document) => Encoding.UTF8.GetString(document.Write());

    public static OcidException Failure(Action act) => act.Should().Throw<OcidException>().Which;
}
