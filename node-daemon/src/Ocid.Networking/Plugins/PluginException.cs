using Ocid.Primitives;

namespace Ocid.Networking.Plugins;

// Codes: https://www.cni.dev/docs/spec/#error; 11 is "try again later", 50 and 51 are answers to STATUS.
internal sealed class PluginException(int code, string message)
    : OcidException(code is 11 or 50 or 51 ? ErrorKind.Unavailable : ErrorKind.Internal, message)
{
    public int Code { get; } = code;
}
