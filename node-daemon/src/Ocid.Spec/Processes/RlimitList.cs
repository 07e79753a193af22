using Ocid.Spec.Schema;

namespace Ocid.Spec.Processes;

// Limits are always written, because a program inherits this process's otherwise, and .NET raises its own soft limit of
// descriptors to the hard one. A hard limit is never raised.
internal static class RlimitList
{
    private const string Descriptors = "RLIMIT_NOFILE";
    private const ulong DefaultDescriptors = 1048576;

    public static IReadOnlyList<ProcessRlimit> Generate(IReadOnlyList<ProcessRlimit> requested, IReadOnlyDictionary<string, ulong> hardLimits)
    {
        var all = requested.Any(limit => limit.Type == Descriptors)
            ? requested
            : [new ProcessRlimit { Type = Descriptors, Soft = DefaultDescriptors, Hard = DefaultDescriptors }, .. requested];
        return [.. all.Select(limit => Clamp(limit, hardLimits))];
    }

    private static ProcessRlimit Clamp(ProcessRlimit limit, IReadOnlyDictionary<string, ulong> hardLimits)
    {
        var ceiling = hardLimits.TryGetValue(limit.Type, out var known) ? known : ulong.MaxValue;
        var hard = Math.Min(limit.Hard, ceiling);
        return limit with { Hard = hard, Soft = Math.Min(limit.Soft, hard) };
    }
}
