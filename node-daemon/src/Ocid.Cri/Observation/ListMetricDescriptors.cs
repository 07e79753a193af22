namespace Ocid.Cri.Observation;

/// <summary>Which metrics <see cref="ListPodSandboxMetrics"/> answers with.</summary>
internal sealed class ListMetricDescriptors : ICall<V1.ListMetricDescriptorsRequest, V1.ListMetricDescriptorsResponse>
{
    public Task<V1.ListMetricDescriptorsResponse> HandleAsync(V1.ListMetricDescriptorsRequest request, CancellationToken ct) =>
        Task.FromResult(new V1.ListMetricDescriptorsResponse
        {
            Descriptors = { MetricCatalog.All.Select(metric => new V1.MetricDescriptor { Name = metric.Name, Help = metric.Help, LabelKeys = { metric.Labels } }) },
        });
}
