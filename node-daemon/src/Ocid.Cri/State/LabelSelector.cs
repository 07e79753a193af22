using Google.Protobuf.Collections;

namespace Ocid.Cri.State;

internal static class LabelSelector
{
    /// <summary>Every label asked for is there with exactly that value.</summary>
    public static bool Matches(MapField<string, string> asked, MapField<string, string> labels) =>
        asked.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
