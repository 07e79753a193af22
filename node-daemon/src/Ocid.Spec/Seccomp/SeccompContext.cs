namespace Ocid.Spec.Seccomp;

// What the conditions of a profile are evaluated against.
internal sealed record SeccompContext(string Architecture, Version Kernel, IReadOnlyList<string> Capabilities);
