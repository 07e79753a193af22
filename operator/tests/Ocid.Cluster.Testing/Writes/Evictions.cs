using System.Text.Json.Nodes;
using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Objects;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Testing.Writes;

/// <summary>Evicts pods, as far as their disruption budgets allow. How many disruptions a budget allows is what its controller writes into its status.</summary>
internal sealed class Evictions(ObjectStore store, ObjectWriter writer)
{
    public void Evict(ApiAddress address, JsonObject eviction)
    {
        var pod = store.Find(ApiKinds.Pods, address.Key) ?? throw RefusalException.NotFound(ApiKinds.Pods, address.Name!);
        if (store.List(ApiKinds.PodDisruptionBudgets).Objects.FirstOrDefault(budget => budget.Key.Namespace == pod.Key.Namespace && Covers(budget, pod)) is { } budget)
            Spend(budget);
        writer.Delete(address with { Part = null }, eviction["deleteOptions"] as JsonObject ?? []);
    }

    private void Spend(StoredObject budget) => store.Write(budget.Kind, budget.Key, before =>
    {
        var next = before!.Copy();
        var allowed = (int?)next["status"]?["disruptionsAllowed"] ?? 0;
        if (allowed <= 0)
            throw RefusalException.TooMany("Cannot evict pod as it would violate the pod's disruption budget.");
        next["status"]!["disruptionsAllowed"] = allowed - 1;
        return next;
    });

    private static bool Covers(StoredObject budget, StoredObject pod) =>
        budget.Copy()["spec"]?["selector"]?["matchLabels"] is JsonObject labels && labels.All(label => pod.Labels.GetValueOrDefault(label.Key) == (string?)label.Value);
}
