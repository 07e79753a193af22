namespace Ocid.Cluster.Tests.Crds;

/// <summary>An object of a definition; its members are written in the order in which they came.</summary>
internal sealed class SchemaNode : Dictionary<string, object>;
