namespace Ocid.Spec.Processes;

internal static class OomScore
{
    // Lowering oom_score_adj needs CAP_SYS_RESOURCE: https://man7.org/linux/man-pages/man5/proc_pid_oom_score_adj.5.html
    public static int Clamp(int requested, HostFacts host)
    {
        var inRange = Math.Clamp(requested, -1000, 1000);
        return host.MayRaiseLimits ? inRange : Math.Max(inRange, host.OomScoreAdj);
    }
}
