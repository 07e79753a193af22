using Ocid.Primitives;

namespace Ocid.Networking.Plugins;

// CNI_ARGS as Calico, Cilium and Multus read it.
internal static class PodArguments
{
    public static string Of(PodNetworkRequest request) =>
        "IgnoreUnknown=1"
        + $";K8S_POD_NAMESPACE={Value("namespace", request.Namespace)}"
        + $";K8S_POD_NAME={Value("name", request.Name)}"
        + $";K8S_POD_INFRA_CONTAINER_ID={request.Id}"
        + $";K8S_POD_UID={Value("uid", request.Uid)}";

    private static string Value(string what, string text) =>
        text.Any(c => c is ';' or '=' || char.IsControl(c))
            ? throw new OcidException(ErrorKind.InvalidArgument, $"pod {what} {Quoted.Text(text)}: not possible in CNI_ARGS")
            : text;
}
