using Ocid.Primitives;

namespace Ocid.Linux;

internal static class HiddenMount
{
    public static void HideFromThisThread(string path) =>
        throw new OcidException(ErrorKind.Unimplemented, $"hide {path}: not yet");
}
