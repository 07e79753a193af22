using System.Collections.Immutable;
using System.Text;
using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Linux.Namespaces;

namespace Ocid.Cri.Pods;

/// <summary>The files under /etc that a pod's containers share. Not durable: a reboot ends the pod anyway.</summary>
internal static class PodFiles
{
    /// <param name="pod">The pod.</param>
    /// <param name="addresses">Its own.</param>
    /// <param name="label">Their SELinux label; null for none.</param>
    public static void Write(PodSandbox pod, ImmutableArray<string> addresses, string? label)
    {
        Put(pod.ResolvConf, ResolvConf(pod.Spec.Config.DnsConfig) ?? HostFile("/etc/resolv.conf"));
        if (pod.Spec.HostNetwork)
        {
            Put(pod.Hostname, HostFile("/etc/hostname"));
            Put(pod.Hosts, HostFile("/etc/hosts"));
        }
        else
        {
            Put(pod.Hostname, pod.Spec.Hostname + "\n");
            Put(pod.Hosts, Hosts(pod.Spec.Hostname, addresses));
        }

        if (pod.Users is { } users)
            GiveTo(pod, users);
        if (label is null)
            return;
        foreach (var file in (string[])[pod.ResolvConf, pod.Hostname, pod.Hosts])
            SecurityLabels.Set(file, label);
    }

    /// <summary>resolv.conf as asked for; null when the pod's DNS is the host's.</summary>
    internal static string? ResolvConf(V1.DNSConfig? dns)
    {
        if (dns is null || dns.Servers.Count + dns.Searches.Count + dns.Options.Count == 0)
            return null;

        var text = new StringBuilder();
        if (dns.Searches.Count > 0)
            text.Append("search ").AppendJoin(' ', dns.Searches).Append('\n');
        foreach (var server in dns.Servers)
            text.Append("nameserver ").Append(server).Append('\n');
        if (dns.Options.Count > 0)
            text.Append("options ").AppendJoin(' ', dns.Options).Append('\n');
        return text.ToString();
    }

    /// <summary>A hosts file for pods that the kubelet gives none.</summary>
    internal static string Hosts(string hostname, ImmutableArray<string> addresses)
    {
        var text = new StringBuilder("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        foreach (var address in addresses)
            text.Append(address).Append('\t').Append(hostname).Append('\n');
        return text.ToString();
    }

    private static void GiveTo(PodSandbox pod, PinnedUserNamespace users)
    {
        using var root = RootedDirectory.Open(pod.StateDirectory);
        using var directory = root.OpenDirectory(".");
        foreach (var file in (string[])[pod.ResolvConf, pod.Hostname, pod.Hosts])
            directory.SetOwner(Path.GetFileName(file), users.RootUid, users.RootGid);
    }

    private static string HostFile(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static void Put(string path, string content) =>
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(content), FileModes.EveryoneReads, durable: false);
}
