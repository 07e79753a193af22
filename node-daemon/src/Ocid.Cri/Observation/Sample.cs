namespace Ocid.Cri.Observation;

/// <summary>One value of a metric.</summary>
/// <param name="Metric">Of which.</param>
/// <param name="Value">In the metric's unit.</param>
/// <param name="Extra">The values of its extra labels, in their order.</param>
internal readonly record struct Sample(MetricDefinition Metric, double Value, IReadOnlyList<string> Extra);
