using Ocid.Testing;

namespace Ocid.E2E.Charts;

/// <summary>Helm, as <c>scripts/helm-from-npm</c> unpacks it, or the one that <c>OCID_HELM</c> names.</summary>
public static class Helm
{
    /// <summary>Its path, or null where there is none.</summary>
    public static string? Program { get; } = new[] { Environment.GetEnvironmentVariable("OCID_HELM"), NewerDebian.Beside("npm/helm"), Tool.Find("helm") }.FirstOrDefault(File.Exists);

    /// <summary>The chart's folder.</summary>
    public static string Chart { get; } = Path.Combine(Repository.Root, "charts/ocid");

    /// <summary>Runs a verb, whatever its exit status is.</summary>
    public static Task<ToolResult> TryRunAsync(params string[] arguments) => Tool.TryRunAsync(null, Program!, arguments);

    /// <summary><c>helm template</c> with the values that have no default, and others as <c>key=value</c>.</summary>
    public static Task<ToolResult> TryRenderAsync(params string[] values) =>
        TryRunAsync(["template", "ocid", Chart, "--namespace", "ocid-system", "--set", "image.registry=registry.example:5000/team", .. values.SelectMany(value => new[] { "--set", value })]);
}
