namespace Ocid.Runtime.Oci;

/// <summary>What a runtime knows of a container.</summary>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Pid">Its first process; 0 when there is none.</param>
/// <param name="Bundle">Its bundle directory.</param>
/// <remarks>https://github.com/opencontainers/runtime-spec/blob/main/runtime.md#state</remarks>
public sealed record RuntimeState(RuntimeStatus Status, int Pid, string Bundle);
