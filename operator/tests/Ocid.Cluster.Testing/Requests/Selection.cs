using Microsoft.AspNetCore.Http;
using Ocid.Cluster.Testing.Objects;

namespace Ocid.Cluster.Testing.Requests;

/// <summary>Which objects of a resource a request is about.</summary>
internal sealed class Selection(ApiAddress address, IQueryCollection query)
{
    private readonly LabelSelector _labels = LabelSelector.Parse(query["labelSelector"]);
    private readonly FieldSelector _fields = FieldSelector.Parse(address.Kind, query["fieldSelector"]);

    public bool Matches(StoredObject? stored) =>
        stored is not null && stored.Kind == address.Kind && (address.Namespace is null || stored.Key.Namespace == address.Namespace)
        && _labels.Matches(stored.Labels) && _fields.Matches(stored);
}
