using Ocid.Spec.Schema;
using Ocid.Spec.Validation;

namespace Ocid.Spec;

/// <summary>Finds what a runtime would refuse, or what would not do what it seems to.</summary>
public static class SpecValidator
{
    /// <summary>Every fault, each beginning with the place in the document; none when the document is sound.</summary>
    public static IReadOnlyList<string> Validate(RuntimeSpec spec)
    {
        var faults = new FaultList();
        VersionCheck.Check(spec, faults);
        RootAndMountCheck.Check(spec, faults);
        if (spec.Process is { } process)
            ProcessCheck.Check(process, faults);
        var linux = spec.Linux ?? new LinuxSpec();
        NamespaceCheck.Check(spec, linux, faults);
        LinuxCheck.Check(linux, faults);
        HookCheck.Check(spec.Hooks, faults);
        return faults.All;
    }
}
