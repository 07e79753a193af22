using Ocid.Primitives;

namespace Ocid.Operator.Merging;

/// <summary>Whether a node could still run what changes it again.</summary>
internal static class LockOut
{
    /// <summary>The problems, each once for an image. An image that needs a signature may have it: only the certain lock-out is one.</summary>
    public static IEnumerable<MergeProblem> Of(EffectiveConfiguration configuration, IEnumerable<ProtectedImage> images) =>
        images.Select(image => Blocked(configuration, image) ?? Rejected(configuration, image)).OfType<MergeProblem>();

    private static MergeProblem? Blocked(EffectiveConfiguration configuration, ProtectedImage image)
    {
        var rule = configuration.Registries.Where(rule => Match(rule.Prefix, image.Reference) is not null).MaxBy(rule => Match(rule.Prefix, image.Reference));
        if (rule is not { IsBlocked: true })
            return null;

        var field = $"{Fields.Registry(rule.Prefix)}.blocked";
        return Problem(field, configuration.Fields.First(other => other.Name == field).From, image, "blocks");
    }

    private static MergeProblem? Rejected(EffectiveConfiguration configuration, ProtectedImage image)
    {
        if (configuration.Signing is not [var node, ..] views)
            return null;

        var view = views.FirstOrDefault(view => view.Namespace == image.Namespace) ?? node;
        var scope = ImageScopes.From(image.Reference.ToString()).FirstOrDefault(view.Scopes.ContainsKey);
        var rule = view.RuleFor(image.Reference.ToString());
        var field = scope is null ? Fields.SigningDefault : Fields.SigningScope(scope, view.Namespace);
        return rule.RejectsEverything ? Problem(field, rule.From, image, "rejects") : null;
    }

    private static MergeProblem Problem(string field, IReadOnlyList<Layer> from, ProtectedImage image, string verb) => new(
        ProblemKind.WouldLockOut, field, [.. from.Select(layer => layer.Name)],
        $"it {verb} {image.Reference}, the image of the {image.Role}, without which the node could not be changed again; except that image from the rule");

    // How much of a name a prefix covers, as registries.conf is read: in whatever case, and at the boundary of a part of the path or a port.
    private static int? Match(string prefix, ImageReference reference)
    {
        if (prefix.StartsWith("*.", StringComparison.Ordinal))
        {
            var host = reference.Domain.Split(':')[0];
            return host.EndsWith(prefix[1..], StringComparison.OrdinalIgnoreCase) ? host.Length : null;
        }

        var name = reference.Name;
        return name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == prefix.Length || name[prefix.Length] is '/' or ':') ? prefix.Length : null;
    }
}
