namespace KubeOps.Abstractions.Entities;

public enum EntityScope
{
    Namespaced,
    Cluster,
}
