using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Validation;

internal static class VersionCheck
{
    public static void Check(RuntimeSpec spec, FaultList faults)
    {
        var core = spec.OciVersion.Split('-', '+')[0];
        faults.Require(Version.TryParse(core, out var version) && version.Major == 1 && version.Build >= 0, "ociVersion", $"{Quoted.Text(spec.OciVersion)} is no 1.x.y");
    }
}
