using Ocid.Cri.Observation;

namespace Ocid.Cri.Tests.Observation;

public sealed class MetricCatalogTests
{
    [Fact]
    public void Every_metric_has_its_own_name_help_and_labels()
    {
        MetricCatalog.All.Select(metric => metric.Name).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(55).And.OnlyContain(name => name.StartsWith("container_"));
        MetricCatalog.All.Should().OnlyContain(metric => metric.Help.Length > 0 && metric.Labels.Distinct().Count() == metric.Labels.Count());
    }
}
