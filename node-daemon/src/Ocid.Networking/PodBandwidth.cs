using System.Text.Json.Serialization;

namespace Ocid.Networking;

/// <summary>Traffic limits of a pod, in bits per second and bits, in the form of CNI's bandwidth capability; null: unlimited.</summary>
public sealed record PodBandwidth
{
    // As the kubelet's own network code did: the shaper needs a burst, and Kubernetes does not limit it.
    private const long Unlimited = int.MaxValue;

    /// <summary>To the pod, bits per second.</summary>
    [JsonPropertyName("ingressRate")]
    public long? IngressRate { get; private init; }

    /// <summary>To the pod, bits.</summary>
    [JsonPropertyName("ingressBurst")]
    public long? IngressBurst { get; private init; }

    /// <summary>From the pod, bits per second.</summary>
    [JsonPropertyName("egressRate")]
    public long? EgressRate { get; private init; }

    /// <summary>From the pod, bits.</summary>
    [JsonPropertyName("egressBurst")]
    public long? EgressBurst { get; private init; }

    /// <summary>Reads <c>kubernetes.io/ingress-bandwidth</c> and <c>kubernetes.io/egress-bandwidth</c>; null when neither is there.</summary>
    /// <exception cref="Primitives.OcidException">InvalidArgument: not a quantity from 1k to 1P.</exception>
    public static PodBandwidth? FromAnnotations(IReadOnlyDictionary<string, string> annotations)
    {
        var ingress = Rate(annotations, "kubernetes.io/ingress-bandwidth");
        var egress = Rate(annotations, "kubernetes.io/egress-bandwidth");
        return ingress is null && egress is null
            ? null
            : new PodBandwidth
            {
                IngressRate = ingress,
                IngressBurst = ingress is null ? null : Unlimited,
                EgressRate = egress,
                EgressBurst = egress is null ? null : Unlimited,
            };
    }

    private static long? Rate(IReadOnlyDictionary<string, string> annotations, string key)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        if (!annotations.TryGetValue(key, out var text))
            return null;
        return Quantity.TryParse(text, out var value) && value is >= 1_000 and <= 1_000_000_000_000_000
            ? value
            : throw new Primitives.OcidException(
                Primitives.ErrorKind.InvalidArgument, $"annotation {key} {Primitives.Quoted.Text(text)}: want a quantity from 1k to 1P bits per second");
    }
}
