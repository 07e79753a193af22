namespace Ocid.Spec.Processes;

// Variables in the order of their first appearance, the last value winning: defaults, the image's, the request's.
internal static class ProcessEnvironment
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // HOME is not set here: the OCI runtime takes it from the passwd file as it is when the container starts.
    public static IReadOnlyList<string> Merge(IReadOnlyList<string> image, IReadOnlyList<EnvironmentVariable> request, bool terminal, string? hostname)
    {
        var merged = new OrderedDictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = DefaultPath };
        if (terminal)
            merged["TERM"] = "xterm";
        if (!string.IsNullOrEmpty(hostname))
            merged["HOSTNAME"] = hostname;

        foreach (var entry in image)
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                merged[entry[..equals]] = entry[(equals + 1)..];
        }

        foreach (var (name, value) in request)
            merged[name] = value;

        return [.. merged.Select(variable => $"{variable.Key}={variable.Value}")];
    }
}
