using Ocid.Primitives;
using Ocid.Spec.Capabilities;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Validation;

internal static class ProcessCheck
{
    private static readonly string[] RlimitNames =
    [
        "RLIMIT_AS", "RLIMIT_CORE", "RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_LOCKS", "RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE", "RLIMIT_NICE",
        "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_RSS", "RLIMIT_RTPRIO", "RLIMIT_RTTIME", "RLIMIT_SIGPENDING", "RLIMIT_STACK",
    ];

    public static void Check(SpecProcess process, FaultList faults)
    {
        faults.Require(process.Args is { Count: > 0 }, "process.args", "empty");
        faults.Require(process.Cwd.StartsWith('/'), "process.cwd", $"{Quoted.Text(process.Cwd)} is not absolute");
        foreach (var variable in process.Env ?? [])
            faults.Require(variable.IndexOf('=', StringComparison.Ordinal) > 0, "process.env", $"{Quoted.Text(variable)} is no NAME=value");
        faults.Require(process.OomScoreAdj is null or (>= -1000 and <= 1000), "process.oomScoreAdj", $"{process.OomScoreAdj} is outside -1000 to 1000");
        faults.Require(process.ConsoleSize is null || process.Terminal == true, "process.consoleSize", "without a terminal");
        CheckRlimits(process.Rlimits ?? [], faults);
        if (process.Capabilities is { } capabilities)
            CheckCapabilities(capabilities, faults);
    }

    private static void CheckRlimits(IReadOnlyList<ProcessRlimit> limits, FaultList faults)
    {
        foreach (var limit in limits)
        {
            faults.Require(RlimitNames.Contains(limit.Type, StringComparer.Ordinal), "process.rlimits", $"{Quoted.Text(limit.Type)} is unknown");
            faults.Require(limit.Soft <= limit.Hard, "process.rlimits", $"{Quoted.Text(limit.Type)}: soft limit above the hard one");
        }

        foreach (var twice in limits.GroupBy(limit => limit.Type).Where(limit => limit.Count() > 1))
            faults.Require(false, "process.rlimits", $"{Quoted.Text(twice.Key)} is there twice");
    }

    private static void CheckCapabilities(ProcessCapabilities sets, FaultList faults)
    {
        var (bounding, permitted, inheritable) = (sets.Bounding ?? [], sets.Permitted ?? [], sets.Inheritable ?? []);
        foreach (var name in bounding.Concat(permitted).Concat(inheritable).Concat(sets.Effective ?? []).Concat(sets.Ambient ?? []).Distinct())
            faults.Require(KnownCapabilities.All.Contains(name), "process.capabilities", $"{Quoted.Text(name)} is unknown");
        foreach (var name in (sets.Effective ?? []).Except(permitted))
            faults.Require(false, "process.capabilities.effective", $"{Quoted.Text(name)} is not permitted");
        foreach (var name in (sets.Ambient ?? []).Except(permitted.Intersect(inheritable)))
            faults.Require(false, "process.capabilities.ambient", $"{Quoted.Text(name)} is not both permitted and inheritable");
    }
}
