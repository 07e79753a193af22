using Ocid.E2E.Nodes;
using Ocid.Testing;

namespace Ocid.E2E.Clusters;

/// <summary><c>ocid-operator</c> as a process of its own.</summary>
public static class OperatorProcess
{
    /// <summary>The file that <c>OCID_OPERATOR_PROGRAM</c> names, or what the build left; null where nothing was built.</summary>
    public static string? Program { get; } = new[] { Environment.GetEnvironmentVariable("OCID_OPERATOR_PROGRAM") }
        .Concat(new[] { "Release", "Debug" }.Select(configuration => Path.Combine(Repository.Root, "operator/src/Ocid.Operator/bin", configuration, "net10.0/ocid-operator"))).FirstOrDefault(File.Exists);

    /// <summary>Runs a verb to its end.</summary>
    public static Task<ToolResult> RunAsync(OperatorSetup setup, string verb, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var command = setup.Command(verb, arguments);
        return Tool.TryRunAsync("/", command[0], [.. command.Skip(1)]);
    }

    /// <summary>Starts <c>ocid-operator run</c>; where a step is named, the process kills itself right after it.</summary>
    public static OcidProcess Start(OperatorSetup setup, string output, string? killedAfter = null, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return OcidProcess.Start("/usr/bin/env", output, [$"OCID_FAIL_POINT={killedAfter}", .. setup.Command("run", [.. setup.Run, .. arguments])]);
    }
}
