using System.Text.Json.Serialization.Metadata;

namespace Ocid.Cri.State;

/// <summary>The source-generated JSON shapes of a record's two files.</summary>
internal sealed record StateTypes<TSpec, TStatus>(JsonTypeInfo<TSpec> Spec, JsonTypeInfo<TStatus> Status);
