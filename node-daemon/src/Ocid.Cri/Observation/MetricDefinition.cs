namespace Ocid.Cri.Observation;

/// <summary>A metric of a pod or a container under the name that cAdvisor gave it, which the dashboards of the field know.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Help">What it counts.</param>
/// <param name="IsCounter">Only ever rises; else a gauge.</param>
/// <param name="ExtraLabels">Its labels beyond <see cref="BaseLabels"/>.</param>
/// <remarks>https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md</remarks>
internal sealed record MetricDefinition(string Name, string Help, bool IsCounter, params IReadOnlyList<string> ExtraLabels)
{
    /// <summary>Whose it is: cgroup, id, image, and the Kubernetes names.</summary>
    public static IReadOnlyList<string> BaseLabels { get; } = ["id", "name", "image", "container", "pod", "namespace"];

    public IEnumerable<string> Labels => BaseLabels.Concat(ExtraLabels);

    public static MetricDefinition Counter(string name, string help, params IReadOnlyList<string> extra) => new(name, help, IsCounter: true, extra);

    public static MetricDefinition Gauge(string name, string help, params IReadOnlyList<string> extra) => new(name, help, IsCounter: false, extra);

    public Sample Of(double value, params IReadOnlyList<string> extra) => new(this, value, extra);
}
