using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Ocid.Images.Live;
using Ocid.Primitives;

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

    /// <summary>The policy for a pull now. It is one object as long as nothing changes, so that pulls which share it can be one.</summary>
    /// <param name="kubernetesNamespace">The pod's; null or empty outside Kubernetes.</param>
    /// <param name="file">A policy to take in place of any other; null without.</param>
    /// <exception cref="OcidException">PermissionDenied: the policy is wrong, or gone; nothing may be pulled.</exception>
    internal PolicyInForce InForce(string? kubernetesNamespace, string? file)
    {
        try
        {
            return file is not null ? At(file).Current : OfNamespace(kubernetesNamespace) ?? _node.Current;
        }
        catch (OcidException failure)
        {
            throw new OcidException(ErrorKind.PermissionDenied, $"{PolicyInForce.Sentinel}: {failure.Message}", failure);
        }
    }

    /// <summary>The namespace's own policy; null where it has none.</summary>
    internal PolicyInForce? OfNamespace(string? kubernetesNamespace)
    {
        if (_namespaces is null || string.IsNullOrEmpty(kubernetesNamespace))
            return null;
        if (!NamespaceName().IsMatch(kubernetesNamespace))
            throw new OcidException(ErrorKind.InvalidArgument, $"namespace {Quoted.Text(kubernetesNamespace)}: no name of a Kubernetes namespace");
        var file = Path.Combine(_namespaces, $"{kubernetesNamespace}.json");
        return File.Exists(file) ? At(file).Current : null;
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

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex NamespaceName();

    [LoggerMessage(Level = LogLevel.Warning, Message = "no policy.json in {Directories}: every image is accepted, signed or not")]
    private partial void LogNoPolicy(string directories);
}
