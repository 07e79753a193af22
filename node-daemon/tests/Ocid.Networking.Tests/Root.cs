namespace Ocid.Networking.Tests;

internal static class Root
{
    public static void Need() => Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");

    public static void NeedPlugins() => Skip.IfNot(Environment.IsPrivilegedProcess && File.Exists("/usr/lib/cni/bridge") && File.Exists("/usr/bin/nsenter"), "needs root, nsenter and the CNI plugins in /usr/lib/cni");
}
