using Ocid.Images.Live;
using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>What registries.d says about where signatures are, read again when it changes.</summary>
/// <param name="roots">Each scope is taken from the first directory of which registries.d has it.</param>
internal sealed class LookasideConfiguration(ImageConfigurationRoots roots)
{
    /// <summary>Where root's tools write and read where nothing is configured.</summary>
    private static readonly Uri BuiltIn = new("file:///var/lib/containers/sigstore");

    private readonly LiveFiles<Dictionary<string, LookasideEntry>> _entries = new(reading => Read(roots, reading));

    /// <summary>Where the signatures of a repository are read, without the repository.</summary>
    /// <exception cref="OcidException">InvalidArgument: registries.d is wrong.</exception>
    public Uri ReadFrom(ImageReference reference) => First(reference, entry => entry.Lookaside) ?? BuiltIn;

    /// <summary>Where new signatures of a repository are written, without the repository.</summary>
    /// <exception cref="OcidException">InvalidArgument: registries.d is wrong.</exception>
    public Uri WriteTo(ImageReference reference) => First(reference, entry => entry.Staging ?? entry.Lookaside) ?? BuiltIn;

    /// <summary>Whether signatures are also attachments in the registry.</summary>
    /// <exception cref="OcidException">InvalidArgument: registries.d is wrong.</exception>
    public bool HasAttachments(ImageReference reference) => First(reference, entry => entry.UseSigstoreAttachments as object) is true;

    private T? First<T>(ImageReference reference, Func<LookasideEntry, T?> choose)
        where T : class
    {
        var entries = _entries.Current;
        return ReferenceScopes.Of(reference).Append(LookasideReader.Default)
            .Select(scope => entries.TryGetValue(scope, out var entry) ? choose(entry) : null)
            .FirstOrDefault(found => found is not null);
    }

    private static Dictionary<string, LookasideEntry> Read(ImageConfigurationRoots roots, LiveReading reading)
    {
        var merged = new Dictionary<string, LookasideEntry>(StringComparer.Ordinal);
        foreach (var directory in roots.PlacesOf("registries.d"))
        {
            var origin = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in reading.List(directory, ".yaml"))
            {
                foreach (var (scope, entry) in LookasideReader.Read(reading.Read(file) ?? [], file))
                {
                    if (!origin.TryAdd(scope, file))
                        throw new OcidException(ErrorKind.InvalidArgument, $"{file}: {Quoted.Text(scope)} is also in {origin[scope]}");
                    merged.TryAdd(scope, entry);
                }
            }
        }

        return merged;
    }
}
