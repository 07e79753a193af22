using System.Net;
using System.Text.Json.Nodes;
using Ocid.Cluster.Api;
using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Objects;
using Ocid.Cluster.Testing.Requests;
using Ocid.Cluster.Testing.Schemas;

namespace Ocid.Cluster.Testing.Writes;

/// <summary>Creates, replaces, patches and deletes as the API server does: what a request may not say is kept from before.</summary>
internal sealed class ObjectWriter(ObjectStore store, TimeProvider time)
{
    public StoredObject Create(ApiAddress address, JsonObject body)
    {
        var kind = address.Kind;
        if (kind.IsNamespaced && address.Namespace is null)
            throw RefusalException.Method();
        var metadata = Metadata.Of(kind, body);
        var key = Metadata.NewKey(address, metadata);
        Metadata.CheckKind(kind, body);
        if (metadata["resourceVersion"] is not null)
            throw new RefusalException(HttpStatusCode.BadRequest, "BadRequest", "resourceVersion should not be set on objects to be created");
        CheckNamespace(key);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Now();
        metadata.Remove("deletionTimestamp");
        metadata.Remove("generation");
        if (kind.HasGeneration)
            metadata["generation"] = 1;
        if (kind.HasStatus)
            body.Remove("status");
        Rules.Created(kind, body);
        Definitions.Shape(kind, body);
        Definitions.Check(kind, key.Name, body);
        Rules.Check(key, kind, null, body);
        return store.Write(kind, key, before => before is null ? body : throw RefusalException.AlreadyExists(kind, key.Name));
    }

    public StoredObject Replace(ApiAddress address, JsonObject body)
    {
        Metadata.CheckKind(address.Kind, body);
        return Update(address, (before, _) =>
        {
            if (!address.Kind.TakesUnconditionalUpdates && Metadata.Of(address.Kind, body)["resourceVersion"] is null)
                throw RefusalException.Invalid(address.Kind, before.Key.Name, "metadata.resourceVersion: Invalid value: 0: must be specified for an update");
            return body;
        });
    }

    public StoredObject Patch(ApiAddress address, JsonObject patch) =>
        Update(address, (_, current) => MergePatch.Apply(current, patch) as JsonObject ?? throw RefusalException.BadRequest("the patch makes no object"));

    /// <summary>Deletes an object, or marks it where finalizers or a kubelet have to do something first.</summary>
    /// <returns>The object where it is still there.</returns>
    public StoredObject? Delete(ApiAddress address, JsonObject? options)
    {
        StoredObject? marked = null;
        var key = address.Key;
        store.Write(address.Kind, key, before =>
        {
            if (before is null)
                throw RefusalException.NotFound(address.Kind, key.Name);
            var next = before.Copy();
            var metadata = next["metadata"]!.AsObject();
            Metadata.CheckPreconditions(before, metadata, options?["preconditions"] as JsonObject);
            if (!Waits(address.Kind, next, options))
                return null;

            marked = before;
            if (metadata["deletionTimestamp"] is not null)
                return next;
            metadata["deletionTimestamp"] = Now();
            metadata["deletionGracePeriodSeconds"] = Grace(address.Kind, next, options);
            if (address.Kind.HasGeneration)
                metadata["generation"] = (long)metadata["generation"]! + 1;
            if (address.Kind == ApiKinds.Namespaces)
                next["status"] = new JsonObject { ["phase"] = "Terminating" };
            return next;
        });
        return marked is null ? null : store.Find(address.Kind, key);
    }

    private StoredObject Update(ApiAddress address, Func<StoredObject, JsonObject, JsonObject> make)
    {
        var (kind, key) = (address.Kind, address.Key);
        return store.Write(kind, key, before =>
        {
            if (before is null)
                throw RefusalException.NotFound(kind, key.Name);
            var current = before.Copy();
            var asked = make(before, before.Copy()).DeepClone().AsObject();
            Metadata.CheckKind(kind, asked);
            Metadata.CheckSame(before, current, Metadata.Of(kind, asked), address);
            Definitions.Shape(kind, asked);
            var next = address.Part switch
            {
                "status" => Parts.StatusOf(asked, current),
                "finalize" => Parts.FinalizersOf(asked, current),
                _ => Parts.AllButStatusOf(kind, asked, current),
            };
            Definitions.Check(kind, key.Name, next);
            Rules.Check(key, kind, current, next);
            return IsFree(kind, next) ? null : next;
        });
    }

    // Whoever waited for finalizers waits no longer.
    private static bool IsFree(ApiKind kind, JsonObject next) =>
        next["metadata"]!["deletionTimestamp"] is not null && !Waits(kind, next, null) && (kind != ApiKinds.Pods || (int?)next["metadata"]!["deletionGracePeriodSeconds"] == 0);

    private static bool Waits(ApiKind kind, JsonObject json, JsonObject? options) =>
        json["metadata"]!["finalizers"] is JsonArray { Count: > 0 }
        || kind == ApiKinds.Namespaces && json["spec"]?["finalizers"] is JsonArray { Count: > 0 }
        || kind == ApiKinds.Pods && options is not null && Grace(kind, json, options) > 0;

    // A pod that a kubelet has is gone when the kubelet says so.
    private static long Grace(ApiKind kind, JsonObject json, JsonObject? options) =>
        kind != ApiKinds.Pods || (string?)json["spec"]?["nodeName"] is null or "" || (string?)json["status"]?["phase"] is "Succeeded" or "Failed" ? 0
        : (long?)options?["gracePeriodSeconds"] ?? (long?)json["spec"]?["terminationGracePeriodSeconds"] ?? 30;

    private void CheckNamespace(Key key)
    {
        if (key.Namespace is null)
            return;
        var space = store.Find(ApiKinds.Namespaces, new Key(null, key.Namespace)) ?? throw RefusalException.NotFound(ApiKinds.Namespaces, key.Namespace);
        if (space.Copy()["metadata"]!["deletionTimestamp"] is not null)
            throw new RefusalException(HttpStatusCode.Forbidden, "Forbidden", $"unable to create new content in namespace {key.Namespace} because it is being terminated");
    }

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
