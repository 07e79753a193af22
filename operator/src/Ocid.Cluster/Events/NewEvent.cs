using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using k8s.Models;
using Ocid.Cluster.Entities.Core;

namespace Ocid.Cluster.Events;

/// <summary>Makes the objects that the API server is given.</summary>
internal static class NewEvent
{
    // Where events of what is in no namespace are.
    private const string DefaultNamespace = "default";
    private const int LongestName = 253;

    public static ClusterEvent Of(EventKey key, EventSequence sequence, string controller, string instance) => new()
    {
        Metadata = new V1ObjectMeta { Name = NameOf(key.About.Name ?? ""), NamespaceProperty = key.About.Namespace ?? DefaultNamespace },
        EventTime = sequence.First,
        ReportingController = controller,
        ReportingInstance = instance,
        Action = key.Reason,
        Reason = key.Reason,
        Regarding = key.About,
        Note = key.Message,
        Type = key.IsWarning ? "Warning" : "Normal",
        Series = sequence.Count > 1 ? new ClusterEvent.EventSeries { Count = sequence.Count, LastObservedTime = sequence.Last } : null,
    };

    public static JsonObject Series(EventSequence sequence) => new()
    {
        ["series"] = new JsonObject
        {
            ["count"] = sequence.Count,
            ["lastObservedTime"] = sequence.Last.UtcDateTime.ToString(MicroTimeConverter.Format, CultureInfo.InvariantCulture),
        },
    };

    private static string NameOf(string about)
    {
        var suffix = "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return about[..Math.Min(about.Length, LongestName - suffix.Length)] + suffix;
    }
}
