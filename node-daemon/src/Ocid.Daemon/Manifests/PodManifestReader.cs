using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ocid.Daemon.Manifests;

/// <summary>Reads a Pod manifest. A field that this tool cannot honour is refused, because the pod would be another than the one written down.</summary>
internal sealed partial class PodManifestReader
{
    private readonly ContainerManifestReader _containers = new();

    /// <param name="file">The file's name, for messages.</param>
    /// <param name="yaml">Its content.</param>
    /// <exception cref="ManifestException">Not YAML, no Pod, or more than can be honoured; everything is listed.</exception>
    public static PodManifest Read(string file, TextReader yaml)
    {
        var errors = new ManifestErrors(file);
        var stream = new YamlStream();
        try
        {
            stream.Load(yaml);
        }
        catch (YamlException failure)
        {
            throw new ManifestException([$"{file}:{failure.Start.Line}:{failure.Start.Column}: {failure.Message.ReplaceLineEndings(" ")}"]);
        }

        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
            throw new ManifestException([$"{file}: want one document, a Pod; found {stream.Documents.Count}"]);

        var pod = new PodManifestReader().ReadPod(new Fields(root, "", errors));
        return errors.Lines.Count == 0 ? pod! : throw new ManifestException(errors.Lines);
    }

    private PodManifest? ReadPod(Fields root)
    {
        root.Choice("apiVersion", "v1");
        root.Choice("kind", "Pod");
        root.Ignore("status");
        var metadata = root.Mapping("metadata");
        var spec = root.Mapping("spec");
        root.RefuseTheRest();
        if (metadata is null)
            root.Fail("metadata", "is required");
        if (spec is null)
            root.Fail("spec", "is required");
        return metadata is null || spec is null ? null : ReadPod(metadata, spec);
    }

    private PodManifest ReadPod(Fields metadata, Fields spec)
    {
        metadata.Ignore("uid", "creationTimestamp", "generation", "resourceVersion", "managedFields", "ownerReferences", "finalizers", "generateName", "selfLink");
        spec.Ignore("nodeName", "nodeSelector", "affinity", "tolerations", "topologySpreadConstraints", "schedulerName", "schedulingGates", "priority", "priorityClassName", "preemptionPolicy");
        spec.Ignore("serviceAccount", "serviceAccountName", "automountServiceAccountToken", "enableServiceLinks", "terminationGracePeriodSeconds", "activeDeadlineSeconds", "imagePullSecrets");
        spec.Choice("restartPolicy", "Always", "OnFailure", "Never");
        var name = metadata.RequiredText("name");
        if (!DnsName().IsMatch(name) && name.Length > 0)
            metadata.Fail("name", "want lower-case letters, digits, '-' and '.'");

        var volumes = ReadVolumes(spec);
        var context = spec.Mapping("securityContext");
        var sysctls = (context?.Mappings("sysctls") ?? []).Select(sysctl => (Name: sysctl.RequiredText("name"), Value: sysctl.RequiredText("value"))).ToList();
        var security = SecurityManifestReader.ReadPod(context);
        var pod = new PodManifest
        {
            Name = name,
            Namespace = metadata.Text("namespace") ?? "default",
            Labels = metadata.TextMap("labels"),
            Annotations = metadata.TextMap("annotations"),
            Hostname = spec.Text("hostname") ?? (name.Length > 63 ? name[..63].TrimEnd('-', '.') : name),
            RuntimeHandler = spec.Text("runtimeClassName") ?? "",
            HostNetwork = spec.Flag("hostNetwork"),
            HostPid = spec.Flag("hostPID"),
            HostIpc = spec.Flag("hostIPC"),
            SharePid = spec.Flag("shareProcessNamespace"),
            Dns = ReadDns(spec),
            Sysctls = sysctls.DistinctBy(sysctl => sysctl.Name).ToDictionary(sysctl => sysctl.Name, sysctl => sysctl.Value),
            Security = security,
            Volumes = volumes,
            InitContainers = _containers.Read(spec, "initContainers", volumes, security),
            Containers = _containers.Read(spec, "containers", volumes, security),
        };
        if (pod.Containers.Count == 0)
            spec.Fail("containers", "is required");
        if (pod is { HostPid: true, SharePid: true })
            spec.Fail("shareProcessNamespace", "does not go together with hostPID");
        metadata.RefuseTheRest();
        spec.RefuseTheRest();
        return pod;
    }

    private static DnsManifest? ReadDns(Fields spec)
    {
        var policy = spec.Choice("dnsPolicy", "ClusterFirst", "Default", "None", "ClusterFirstWithHostNet");
        var fields = spec.Mapping("dnsConfig");
        if (fields is null)
        {
            if (policy == "None")
                spec.Fail("dnsConfig", "is required with dnsPolicy None");
            return null;
        }

        var options = fields.Mappings("options").Select(option => option.Text("value") is { } value ? $"{option.RequiredText("name")}:{value}" : option.RequiredText("name")).ToList();
        var dns = new DnsManifest(policy != "None", fields.Texts("nameservers"), fields.Texts("searches"), options);
        fields.RefuseTheRest();
        return dns;
    }

    private static Dictionary<string, VolumeManifest> ReadVolumes(Fields spec)
    {
        var volumes = new Dictionary<string, VolumeManifest>(StringComparer.Ordinal);
        foreach (var fields in spec.Mappings("volumes"))
        {
            var name = fields.RequiredText("name");
            if (!volumes.TryAdd(name, ReadVolume(fields, name)))
                fields.Fail("name", "is used twice");
            if (!DnsName().IsMatch(name) && name.Length > 0)
                fields.Fail("name", "want lower-case letters, digits and '-'");
            fields.RefuseTheRest();
        }

        return volumes;
    }

    private static VolumeManifest ReadVolume(Fields fields, string name)
    {
        var empty = fields.Mapping("emptyDir");
        empty?.Choice("medium", "");
        empty?.RefuseTheRest();
        if (fields.Mapping("hostPath") is not { } host)
            return new VolumeManifest(name, null, "");

        var path = host.RequiredText("path");
        if (path.Length > 0 && !path.StartsWith('/'))
            host.Fail("path", "want an absolute path");
        var volume = new VolumeManifest(name, path, host.Choice("type", "", "DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"));
        host.RefuseTheRest();
        return volume;
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex DnsName();
}
