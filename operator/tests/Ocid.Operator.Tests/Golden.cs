using System.Runtime.CompilerServices;

namespace Ocid.Operator.Tests;

/// <summary>What people are to read, as files that people can review.</summary>
internal static class Golden
{
    /// <summary>Asserts that a text is that of <c>testdata/NAME.txt</c>.</summary>
    public static void Matches(string name, string actual, [CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!Directory.Exists(Path.Combine(folder, "testdata")))
            folder = Path.GetDirectoryName(folder)!;
        actual.Should().Be(File.ReadAllText(Path.Combine(folder, "testdata", name + ".txt")));
    }
}
