using Ocid.Cri.V1;
using Ocid.Daemon.Manifests;

namespace Ocid.Daemon.Tests.Manifests;

public sealed class PodManifestReaderTests
{
    private const string Minimal = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers:
          - name: app
            image: busybox

        """;

    [Fact]
    public void A_whole_manifest_is_read()
    {
        var pod = Read("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              namespace: shop
              labels: {app: web, "on": "true"}
              annotations: {note: 'x: y'}
              creationTimestamp: null
            spec:
              hostNetwork: true
              hostPID: true
              dnsPolicy: None
              dnsConfig:
                nameservers: [10.0.0.10]
                searches: [shop.svc.cluster.local]
                options: [{name: ndots, value: "5"}, {name: edns0}]
              restartPolicy: Never
              terminationGracePeriodSeconds: 30
              securityContext:
                runAsUser: 1000
                runAsGroup: 1001
                supplementalGroups: [5, 6]
                sysctls: [{name: net.core.somaxconn, value: "1024"}]
                seccompProfile: {type: Unconfined}
              volumes:
              - {name: data, emptyDir: {}}
              - {name: host, hostPath: {path: /srv, type: Directory}}
              initContainers:
              - {name: prepare, image: busybox, command: [sh, -c, "touch /data/x"]}
              containers:
              - name: app
                image: docker.io/library/nginx:1.27
                imagePullPolicy: Never
                command: [nginx]
                args: ["-g", "$(DAEMON) $$(X)"]
                workingDir: /srv
                tty: true
                env:
                - {name: MODE, value: "off;"}
                - {name: DAEMON, value: "daemon $(MODE)"}
                ports:
                - {containerPort: 80, hostPort: 8080, protocol: TCP, hostIP: 127.0.0.1, name: http}
                - {containerPort: 443}
                resources:
                  limits: {cpu: "1.5", memory: 64Mi}
                  requests: {cpu: 250m, memory: 32Mi}
                securityContext:
                  runAsUser: 0
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities: {add: [NET_ADMIN], drop: [ALL]}
                volumeMounts:
                - {name: data, mountPath: /data}
                - {name: host, mountPath: /host, readOnly: true, mountPropagation: HostToContainer}
            """);

        pod.Should().BeEquivalentTo(new { Name = "web", Namespace = "shop", Hostname = "web", HostNetwork = true, HostPid = true, HostIpc = false });
        pod.Labels.Should().Equal(new Dictionary<string, string> { ["app"] = "web", ["on"] = "true" });
        pod.Dns.Should().BeEquivalentTo(new DnsManifest(false, ["10.0.0.10"], ["shop.svc.cluster.local"], ["ndots:5", "edns0"]));
        pod.Sysctls.Should().ContainKey("net.core.somaxconn").WhoseValue.Should().Be("1024");
        pod.Volumes["host"].Should().Be(new VolumeManifest("host", "/srv", "Directory"));
        pod.InitContainers.Should().ContainSingle().Which.Security.User.Should().Be(1000);
        var app = pod.Containers.Should().ContainSingle().Subject;
        app.Arguments.Should().Equal("-g", "daemon off; $(X)");
        app.Ports.Should().Equal(new PortManifest(Protocol.Tcp, 80, 8080, "127.0.0.1"));
        app.Resources.Should().Be(new ResourcesManifest(1500, 250, 64 << 20));
        app.Security.Should().BeEquivalentTo(new { User = 0, Group = 1001, AllowEscalation = false, ReadOnlyRoot = true, AddedCapabilities = new[] { "NET_ADMIN" }, DroppedCapabilities = new[] { "ALL" } });
        app.Mounts[1].Should().Be(new VolumeMountManifest("host", "/host", true, MountPropagation.PropagationHostToContainer));
    }

    [Fact]
    public void The_smallest_manifest_gets_the_defaults_of_Kubernetes()
    {
        var pod = Read(Minimal);

        pod.Namespace.Should().Be("default");
        pod.Dns.Should().BeNull();
        pod.Containers[0].Should().BeEquivalentTo(new { PullPolicy = "IfNotPresent", Resources = new ResourcesManifest(null, null, null), Terminal = false });
        pod.Containers[0].Security.Should().BeEquivalentTo(new { User = (long?)null, AllowEscalation = true, Privileged = false });
    }

    [Fact]
    public void JSON_is_read_too() =>
        Read("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"app","image":"busybox"}]}}""").Name.Should().Be("web");

    public static TheoryData<string, string> Refused => new()
    {
        { Minimal + "    livenessProbe: {}", "pod.yaml:9:5: spec.containers[0].livenessProbe: is not supported by `ocid run`" },
        { Minimal + "    envFrom: []", "pod.yaml:9:5: spec.containers[0].envFrom: is not supported by `ocid run`" },
        { Minimal + "    env: [{name: A, valueFrom: {}}]", "pod.yaml:9:21: spec.containers[0].env[0].valueFrom: is not supported by `ocid run`" },
        { Minimal + "    env: [{name: A, value: 1}]", "pod.yaml:9:28: spec.containers[0].env[0].value: want a string: quote 1" },
        { Minimal + "    env: [{name: A, value: yes}]", "pod.yaml:9:28: spec.containers[0].env[0].value: want a string: quote yes" },
        { Minimal + "    tty: 'true'", "pod.yaml:9:10: spec.containers[0].tty: want true or false" },
        { Minimal + "    args: sh", "pod.yaml:9:11: spec.containers[0].args: want a list" },
        { Minimal + "    resources: []", "pod.yaml:9:16: spec.containers[0].resources: want a mapping" },
        { Minimal + "    resources: {limits: {memory: lots}}", "pod.yaml:9:34: spec.containers[0].resources.limits.memory: want a quantity such as 500m or 64Mi" },
        { Minimal + "    resources: {limits: {nvidia.com/gpu: 1}}", "pod.yaml:9:26: spec.containers[0].resources.limits.nvidia.com/gpu: is not supported by `ocid run`" },
        { Minimal + "    imagePullPolicy: Sometimes", "pod.yaml:9:22: spec.containers[0].imagePullPolicy: want IfNotPresent, Always, Never, found \"Sometimes\"" },
        { Minimal + "    ports: [{containerPort: 70000}]", "pod.yaml:9:29: spec.containers[0].ports[0].containerPort: want a whole number from 1 to 65535" },
        { Minimal + "    volumeMounts: [{name: x, mountPath: /x}]", "pod.yaml:9:27: spec.containers[0].volumeMounts[0].name: no volume \"x\"" },
        { Minimal + "    volumeMounts: [{name: x, mountPath: /x, subPath: y}]", "pod.yaml:9:45: spec.containers[0].volumeMounts[0].subPath: is not supported by `ocid run`" },
        { Minimal + "  - {name: app, image: b}", "pod.yaml:9:12: spec.containers[1].name: is used twice" },
        { Minimal + "  - {name: b, image: 'B:'}", "pod.yaml:9:22: spec.containers[1].image: \"B:\" is no image reference" },
        { Minimal + "  volumes: [{name: s, secret: {secretName: s}}]", "pod.yaml:9:23: spec.volumes[0].secret: is not supported by `ocid run`" },
        { Minimal + "  volumes: [{name: ../x, emptyDir: {}}]", "pod.yaml:9:20: spec.volumes[0].name: want lower-case letters, digits and '-'" },
        { Minimal + "  hostUsers: false", "pod.yaml:9:3: spec.hostUsers: is not supported by `ocid run`" },
        { Minimal + "  securityContext: {fsGroup: 1}", "pod.yaml:9:21: spec.securityContext.fsGroup: is not supported by `ocid run`" },
        { Minimal + "  dnsPolicy: None", "pod.yaml:6:3: spec.dnsConfig: is required with dnsPolicy None" },
        { Minimal.Replace("name: web", "name: ../web"), "pod.yaml:4:9: metadata.name: want lower-case letters, digits, '-' and '.'" },
        { Minimal.Replace("kind: Pod", "kind: Deployment"), "pod.yaml:2:7: kind: want Pod, found \"Deployment\"" },
        { "kind: Pod\nspec: {}", "pod.yaml:1:1: metadata: is required" },
        { Minimal + "---\n" + Minimal, "pod.yaml: want one document, a Pod; found 2" },
        { "", "pod.yaml: want one document, a Pod; found 0" },
        { "a: [", "pod.yaml:2:1: While parsing" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_honoured_is_refused_with_its_place(string yaml, string line)
    {
        var read = () => Read(yaml);

        read.Should().Throw<ManifestException>().Which.Lines.Should().Contain(found => found.StartsWith(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_error_is_listed()
    {
        var read = () => Read(Minimal + "    tty: 1\n    lifecycle: {}\n  overhead: {}\n");

        read.Should().Throw<ManifestException>().Which.Lines.Should().HaveCount(3);
    }

    private static PodManifest Read(string yaml) => PodManifestReader.Read("pod.yaml", new StringReader(yaml));
}
