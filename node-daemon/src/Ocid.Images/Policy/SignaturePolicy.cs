using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Ocid.Images.Live;
using Ocid.Images.Manifests;
using Ocid.Images.Signatures;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Policy;

/// <summary>
/// Which images may come onto this node, as policy.json says: the one of the pod's Kubernetes namespace where there is one, else the node's. Each is read
/// again when it changes. One that is wrong, or was in force and is gone, lets nothing through.
/// </summary>
public sealed partial class SignaturePolicy
{
    private readonly string? _namespaces;
    private readonly ILogger _log;
    private readonly LiveFiles<PolicyInForce> _node;
    private readonly ConcurrentDictionary<string, LiveFiles<PolicyInForce>> _others = new(StringComparer.Ordinal);
    private readonly LookasideConfiguration _lookaside;
    private bool _wasThere;

    /// <param name="roots">Where policy.json and registries.d are looked for.</param>
    /// <param name="namespacePolicies">The directory of <c>NAMESPACE.json</c>; null where there are none.</param>
    /// <param name="loggers">For the warning that there is no policy.</param>
    public SignaturePolicy(ImageConfigurationRoots roots, string? namespacePolicies, ILoggerFactory loggers)
    {
        _namespaces = namespacePolicies;
        _log = loggers.CreateLogger<SignaturePolicy>();
        _lookaside = new LookasideConfiguration(roots);
        _node = new LiveFiles<PolicyInForce>(reading => ReadNode(roots, reading));
    }

    /// <summary>Reads the node's policy and those of the namespaces now.</summary>
    /// <exception cref="OcidException">The first that is wrong.</exception>
    public void Validate()
    {
        _ = _node.Current;
        foreach (var file in Directory.Exists(_namespaces) ? Directory.GetFiles(_namespaces, "*.json") : [])
            _ = At(file).Current;
    }

    /// <summary>The policy for a pull now. It is one object as long as nothing changes, so that pulls which share it can be one.</summary>
    /// <param name="kubernetesNamespace">The pod's; null or empty outside Kubernetes.</param>
    /// <param name="file">A policy to take in place of any other; null without.</param>
    /// <exception cref="OcidException">PermissionDenied: the policy is wrong, or gone; nothing may be pulled.</exception>
    internal PolicyInForce InForce(string? kubernetesNamespace, string? file) =>
        Translated(() => file is not null ? At(file).Current : OfNamespace(kubernetesNamespace) ?? _node.Current);

    /// <summary>A policy of one requirement for everything.</summary>
    internal PolicyInForce OfKey(Requirement requirement) => new(new PolicyDocument([requirement], new Dictionary<string, IReadOnlyList<Requirement>>()), _lookaside);

    /// <summary>
    /// Checks an image of the store before a container of a namespace with a policy of its own is made of it: another namespace may have pulled it. The
    /// signatures are those that were stored with it. A namespace without one has had this check when the image was pulled.
    /// </summary>
    /// <param name="store">Where the image is.</param>
    /// <param name="image">Which it is.</param>
    /// <param name="asked">The name that the pod's author wrote; empty where nobody says.</param>
    /// <param name="kubernetesNamespace">The pod's.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">PermissionDenied: the policy does not let it run, or is wrong; the message begins with <c>SignatureValidationFailed</c>.</exception>
    public async Task RequireStoredAsync(Store store, ImageId image, string asked, string? kubernetesNamespace, CancellationToken ct)
    {
        var policy = Translated(() => OfNamespace(kubernetesNamespace));
        if (policy is null)
            return;
        if (!ImageReference.TryParse(asked, out var reference))
            throw new OcidException(ErrorKind.PermissionDenied, $"{PolicyInForce.Sentinel}: namespace {kubernetesNamespace} has a policy, but the name that the image was asked for is not known ({Quoted.Text(asked)})");

        var record = store.FindImage(image) ?? throw new OcidException(ErrorKind.NotFound, $"image {image}: not in the store");
        var manifest = ManifestDocument.Parse(await store.ReadImageBigDataAsync(image, "manifest", ct), null);
        await policy.RequireAsync(new PolicySubject(reference, manifest, new StoredSignatures(store, image, record.Metadata)), ct);
    }

    private PolicyInForce? OfNamespace(string? kubernetesNamespace)
    {
        if (_namespaces is null || string.IsNullOrEmpty(kubernetesNamespace))
            return null;
        if (kubernetesNamespace.AsSpan().ContainsAny('/', '\0'))
            throw new OcidException(ErrorKind.InvalidArgument, $"namespace {Quoted.Text(kubernetesNamespace)}: no name of a Kubernetes namespace");
        var file = Path.Combine(_namespaces, $"{kubernetesNamespace}.json");
        return HostPath.Status(file) is null ? null : At(file).Current;
    }

    private static T Translated<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OcidException failure)
        {
            throw new OcidException(ErrorKind.PermissionDenied, $"{PolicyInForce.Sentinel}: {failure.Message}", failure);
        }
    }

    private LiveFiles<PolicyInForce> At(string file) => _others.GetOrAdd(file, static (path, lookaside) => new LiveFiles<PolicyInForce>(reading =>
        new PolicyInForce(PolicyReader.Read(reading.Read(path) ?? throw new OcidException(ErrorKind.NotFound, $"{path}: no such file"), path), lookaside)), _lookaside);

    private PolicyInForce ReadNode(ImageConfigurationRoots roots, LiveReading reading)
    {
        foreach (var file in roots.PlacesOf("policy.json"))
        {
            if (reading.Read(file) is not { } json)
                continue;
            _wasThere = true;
            return new PolicyInForce(PolicyReader.Read(json, file), _lookaside);
        }

        var directories = string.Join(" and ", roots.Directories);
        if (_wasThere)
            throw new OcidException(ErrorKind.FailedPrecondition, $"policy.json was in force and is gone from {directories}; put it back, or restart to go on without");
        LogNoPolicy(directories);
        return new PolicyInForce(PolicyDocument.AcceptAll, _lookaside);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "no policy.json in {Directories}: every image is accepted, signed or not")]
    private partial void LogNoPolicy(string directories);
}
