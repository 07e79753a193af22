namespace Ocid.Networking;

/// <summary>The configuration that <c>ocid</c> offers to a node that has none. Nothing writes it by itself.</summary>
public static class DefaultNetwork
{
    /// <summary>A file name that sorts behind what a cluster's network installs.</summary>
    public const string FileName = "90-ocid.conflist";

    /// <summary>The network's name.</summary>
    public const string Name = "ocid";

    /// <summary>The subnet; podman, Docker, flannel, CRI-O's example and kubeadm's usual ranges are elsewhere.</summary>
    public const string Subnet = "10.199.0.0/16";

    /// <summary>The bridge on the host.</summary>
    public const string Bridge = "ocid0";

    // No firewall plugin: it is needed only where the FORWARD policy is DROP, and leaves chains of its own behind.
    /// <summary>The file's content: bridge, host-local addresses in a directory of our own, host ports.</summary>
    public const string Configuration =
        $$"""
        {
          "cniVersion": "1.0.0",
          "name": "{{Name}}",
          "plugins": [
            {
              "type": "bridge",
              "bridge": "{{Bridge}}",
              "isGateway": true,
              "ipMasq": true,
              "hairpinMode": true,
              "ipam": {
                "type": "host-local",
                "dataDir": "/var/lib/ocid/cni/addresses",
                "ranges": [[{ "subnet": "{{Subnet}}" }]],
                "routes": [{ "dst": "0.0.0.0/0" }]
              }
            },
            {
              "type": "portmap",
              "capabilities": { "portMappings": true }
            }
          ]
        }

        """;
}
