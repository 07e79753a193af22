using Ocid.Cri.V1;
using Ocid.Primitives;

namespace Ocid.Daemon.Manifests;

/// <summary>Reads the containers of a manifest. Names are unique over all of its lists.</summary>
internal sealed class ContainerManifestReader
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<ContainerManifest> Read(Fields spec, string key, IReadOnlyDictionary<string, VolumeManifest> volumes, SecurityManifest pod) =>
        [.. spec.Mappings(key).Select(fields => Read(fields, volumes, pod))];

    private ContainerManifest Read(Fields fields, IReadOnlyDictionary<string, VolumeManifest> volumes, SecurityManifest pod)
    {
        var name = fields.RequiredText("name");
        if (name.Length > 0 && !_names.Add(name))
            fields.Fail("name", "is used twice");

        var image = fields.RequiredText("image");
        if (image.Length > 0 && !ImageReference.TryParse(image, out _))
            fields.Fail("image", $"{Quoted.Text(image)} is no image reference");

        fields.Ignore("terminationMessagePath", "terminationMessagePolicy", "resizePolicy");
        var environment = ReadEnvironment(fields);
        var variables = environment.ToDictionary(variable => variable.Key, variable => variable.Value);
        var container = new ContainerManifest
        {
            Name = name,
            Image = image,
            PullPolicy = fields.Choice("imagePullPolicy", image.EndsWith(":latest", StringComparison.Ordinal) ? "Always" : "IfNotPresent", "Always", "IfNotPresent", "Never"),
            Command = [.. fields.Texts("command").Select(word => VariableExpansion.Expand(word, variables))],
            Arguments = [.. fields.Texts("args").Select(word => VariableExpansion.Expand(word, variables))],
            WorkingDirectory = fields.Text("workingDir") ?? "",
            Environment = environment,
            Ports = [.. fields.Mappings("ports").Select(ReadPort).OfType<PortManifest>()],
            Resources = ReadResources(fields),
            Security = SecurityManifestReader.ReadContainer(fields.Mapping("securityContext"), pod),
            Mounts = [.. fields.Mappings("volumeMounts").Select(mount => ReadMount(mount, volumes))],
            Terminal = fields.Flag("tty"),
        };
        fields.RefuseTheRest();
        return container;
    }

    // Each variable may use those before it; of two with one name the later counts.
    private static List<KeyValuePair<string, string>> ReadEnvironment(Fields fields)
    {
        var variables = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in fields.Mappings("env"))
        {
            var name = variable.RequiredText("name");
            variables[name] = VariableExpansion.Expand(variable.Text("value") ?? "", variables);
            variable.RefuseTheRest();
        }

        return [.. variables];
    }

    private static PortManifest? ReadPort(Fields fields)
    {
        fields.Ignore("name");
        var container = fields.Whole("containerPort", 1, 65535);
        var host = fields.Whole("hostPort", 0, 65535) ?? 0;
        var protocol = fields.Choice("protocol", "TCP", "UDP", "SCTP") switch { "UDP" => Protocol.Udp, "SCTP" => Protocol.Sctp, _ => Protocol.Tcp };
        var ip = fields.Text("hostIP") ?? "";
        fields.RefuseTheRest();
        if (!fields.Has("containerPort"))
            fields.Fail("containerPort", "is required");
        return host == 0 || container is null ? null : new PortManifest(protocol, (int)container, (int)host, ip);
    }

    private static ResourcesManifest ReadResources(Fields fields)
    {
        var resources = fields.Mapping("resources");
        var limits = resources?.Mapping("limits");
        var requests = resources?.Mapping("requests");
        var read = new ResourcesManifest(
            limits?.Quantity("cpu")?.Thousandths,
            requests?.Quantity("cpu")?.Thousandths ?? limits?.Quantity("cpu")?.Thousandths,
            limits?.Quantity("memory")?.Units);
        // What the scheduler and eviction would have done with it.
        requests?.Ignore("memory", "ephemeral-storage");
        limits?.RefuseTheRest();
        requests?.RefuseTheRest();
        resources?.RefuseTheRest();
        return read;
    }

    private static VolumeMountManifest ReadMount(Fields fields, IReadOnlyDictionary<string, VolumeManifest> volumes)
    {
        var name = fields.RequiredText("name");
        if (name.Length > 0 && !volumes.ContainsKey(name))
            fields.Fail("name", $"no volume {Quoted.Text(name)}");
        var path = fields.RequiredText("mountPath");
        if (path.Length > 0 && !path.StartsWith('/'))
            fields.Fail("mountPath", "want an absolute path");
        var propagation = fields.Choice("mountPropagation", "None", "HostToContainer", "Bidirectional") switch
        {
            "HostToContainer" => MountPropagation.PropagationHostToContainer,
            "Bidirectional" => MountPropagation.PropagationBidirectional,
            _ => MountPropagation.PropagationPrivate,
        };
        var mount = new VolumeMountManifest(name, path, fields.Flag("readOnly"), propagation);
        fields.RefuseTheRest();
        return mount;
    }
}
