namespace Ocid.Runtime.Oci;

internal sealed record RuntimeStateDocument(string? Status, int Pid, string? Bundle);
