namespace Ocid.Runtime.Monitoring.Protocol;

internal sealed record UpgradedContainer(ContainerState State, IReadOnlyList<int> Numbers);
