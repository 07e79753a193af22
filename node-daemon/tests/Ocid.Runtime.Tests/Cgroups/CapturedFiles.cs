using System.Runtime.CompilerServices;

namespace Ocid.Runtime.Tests.Cgroups;

internal static class CapturedFiles
{
    public static string Root(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "testdata", "cgroups", name));
}
