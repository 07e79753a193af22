namespace Ocid.Testing;

/// <summary>The working copy that the running test was built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder, ignored by git, for what is downloaded, built and measured.</summary>
    public static string Artifacts { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts")).FullName;

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "OcidOperator.sln")))
                return folder;
        }
        throw new InvalidOperationException($"no OcidOperator.sln above {AppContext.BaseDirectory}");
    }
}
