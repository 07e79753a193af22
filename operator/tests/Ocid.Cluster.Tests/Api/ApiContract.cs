using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Events;

namespace Ocid.Cluster.Tests.Api;

/// <summary>What the product takes for granted of an API server. The double and a real one are held to the same.</summary>
public abstract class ApiContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    protected string Unique { get; } = "c" + Guid.NewGuid().ToString("N")[..10];

    protected abstract Kubernetes Connection { get; }

    protected ClusterClient Client => new(Connection);

    protected static CancellationToken Soon => new CancellationTokenSource(Patience).Token;

    [SkippableFact]
    public async Task What_is_made_gets_a_uid_a_version_and_the_first_generation()
    {
        var made = await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon);

        made.Metadata.Uid.Should().NotBeNullOrEmpty();
        made.Metadata.ResourceVersion.Should().NotBeNullOrEmpty();
        made.Metadata.CreationTimestamp.Should().NotBeNull();
        made.Metadata.Generation.Should().Be(1);
        (await Client.GetAsync(Resources.RuntimeNodes, Node, Soon)).Should().BeEquivalentTo(made);
    }

    [SkippableFact]
    public async Task What_is_there_is_not_made_again()
    {
        await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon);

        (await FailureAsync(() => Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon))).Failure.Should().Be(ApiFailure.AlreadyExists);
    }

    [SkippableFact]
    public async Task What_is_not_there_is_not_found()
    {
        (await Client.GetAsync(Resources.RuntimeNodes, Node, Soon)).Should().BeNull();
        (await Client.DeleteAsync(Resources.RuntimeNodes, Node, Soon)).Should().BeFalse();
        (await FailureAsync(() => Client.MergePatchAsync(Resources.RuntimeNodes, Node, Asking("0123456789abcdef"), Soon))).Failure.Should().Be(ApiFailure.NotFound);
        (await FailureAsync(() => Client.ReplaceAsync(Resources.RuntimeNodes, RuntimeNode(), Soon))).Failure.Should().BeOneOf(ApiFailure.NotFound, ApiFailure.Invalid);
        (await SendAsync(HttpMethod.Get, "apis/ocid.dev/v1alpha1/nothings")).Code.Should().Be(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Get, $"apis/ocid.dev/v1alpha1/runtimenodes/{Unique}/nothing")).Code.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task A_write_of_an_older_version_is_a_conflict()
    {
        var made = await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon);
        await Client.MergePatchAsync(Resources.RuntimeNodes, Node, Asking("0123456789abcdef"), Soon);
        var patch = Asking("ffffffffffffffff");
        patch["metadata"] = new JsonObject { ["resourceVersion"] = made.Metadata.ResourceVersion };

        (await FailureAsync(() => Client.ReplaceAsync(Resources.RuntimeNodes, made, Soon))).Failure.Should().Be(ApiFailure.Conflict);
        (await FailureAsync(() => Client.MergePatchAsync(Resources.RuntimeNodes, Node, patch, Soon))).Failure.Should().Be(ApiFailure.Conflict);
        (await FailureAsync(() => Client.DeleteAsync(Resources.RuntimeNodes, Node, Soon, new Preconditions { ResourceVersion = made.Metadata.ResourceVersion }))).Failure.Should().Be(ApiFailure.Conflict);
        (await FailureAsync(() => Client.DeleteAsync(Resources.RuntimeNodes, Node, Soon, new Preconditions { Uid = Guid.NewGuid().ToString() }))).Failure.Should().Be(ApiFailure.Conflict);
    }

    [SkippableFact]
    public async Task A_whole_object_of_ours_is_written_only_of_a_version()
    {
        var made = await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon);
        made.Metadata.ResourceVersion = null;

        (await FailureAsync(() => Client.ReplaceAsync(Resources.RuntimeNodes, made, Soon))).Failure.Should().Be(ApiFailure.Invalid);
    }

    [SkippableFact]
    public async Task The_status_is_written_apart_from_the_rest()
    {
        var asked = RuntimeNode("0123456789abcdef");
        asked.Status = new RuntimeNodeStatus { Message = "not taken" };
        (await Client.CreateAsync(Resources.RuntimeNodes, asked, Soon)).Status.Should().BeNull();
        var both = Asking("ffffffffffffffff");
        both["status"] = new JsonObject { ["message"] = "said" };

        var status = await Client.MergePatchAsync(Resources.RuntimeNodes, Node, both, Soon, status: true);
        status.Spec.DesiredRevision.Should().Be("0123456789abcdef");
        status.Status!.Message.Should().Be("said");
        status.Metadata.Generation.Should().Be(1);

        both["status"]!["message"] = "not taken";
        var spec = await Client.MergePatchAsync(Resources.RuntimeNodes, Node, both, Soon);
        spec.Spec.DesiredRevision.Should().Be("ffffffffffffffff");
        spec.Status!.Message.Should().Be("said");
        spec.Metadata.Generation.Should().Be(2);
    }

    [SkippableFact]
    public async Task The_generation_counts_what_is_asked_for_and_a_write_that_changes_nothing_is_none()
    {
        var made = await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode("0123456789abcdef"), Soon);

        var labelled = await Client.MergePatchAsync(Resources.RuntimeNodes, Node, Labelled("a", "b"), Soon);
        var same = await Client.MergePatchAsync(Resources.RuntimeNodes, Node, Asking("0123456789abcdef"), Soon);

        labelled.Metadata.Generation.Should().Be(1);
        labelled.Metadata.ResourceVersion.Should().NotBe(made.Metadata.ResourceVersion);
        same.Metadata.ResourceVersion.Should().Be(labelled.Metadata.ResourceVersion);
    }

    [SkippableFact]
    public async Task In_a_merge_patch_a_null_takes_away_and_a_list_is_written_whole()
    {
        var asked = RuntimeNode("0123456789abcdef");
        asked.Spec.Sources = ["a@1", "b@2"];
        await Client.CreateAsync(Resources.RuntimeNodes, asked, Soon);

        var patched = await Client.MergePatchAsync(
            Resources.RuntimeNodes, Node, new JsonObject { ["spec"] = new JsonObject { ["desiredRevision"] = null, ["sources"] = new JsonArray("c@3") } }, Soon);

        patched.Spec.DesiredRevision.Should().BeNull();
        patched.Spec.Sources.Should().Equal("c@3");
    }

    [SkippableFact]
    public async Task An_immutable_Secret_stays_what_it_is()
    {
        await Client.CreateAsync(Resources.Secrets, Secret(immutable: true), Soon);
        var key = new Key("default", Unique);

        var data = new JsonObject { ["data"] = new JsonObject { ["k"] = Convert.ToBase64String("other"u8) } };
        (await FailureAsync(() => Client.MergePatchAsync(Resources.Secrets, key, data, Soon))).Should().Match<ApiException>(failure => failure.Failure == ApiFailure.Invalid && failure.Message.Contains("immutable"));
        (await FailureAsync(() => Client.MergePatchAsync(Resources.Secrets, key, new JsonObject { ["immutable"] = null }, Soon))).Failure.Should().Be(ApiFailure.Invalid);
        (await Client.MergePatchAsync(Resources.Secrets, key, Labelled("a", "b"), Soon)).Metadata.Labels.Should().Contain("a", "b");
        (await Client.GetAsync(Resources.Secrets, key, Soon))!.Data!["k"].Should().Equal("v"u8.ToArray());
    }

    [SkippableFact]
    public async Task What_is_wrong_is_refused()
    {
        var client = Client;
        var named = RuntimeNode();
        named.Metadata.Name = "Not_A_Name";
        (await FailureAsync(() => client.CreateAsync(Resources.RuntimeNodes, named, Soon))).Failure.Should().Be(ApiFailure.Invalid);
        (await FailureAsync(() => client.CreateAsync(Resources.Secrets, Secret() with { Metadata = new V1ObjectMeta { Name = Unique, NamespaceProperty = "no-such-" + Unique } }, Soon))).Failure.Should().Be(ApiFailure.NotFound);
        (await FailureAsync(() => client.ListAsync(Resources.RuntimeNodes, new Scope { Fields = "spec.desiredRevision=x" }, Soon))).Failure.Should().Be(ApiFailure.Invalid);
        (await SendAsync(HttpMethod.Post, "apis/ocid.dev/v1alpha1/runtimenodes", "{ not JSON")).Code.Should().Be(HttpStatusCode.BadRequest);
        (await SendAsync(HttpMethod.Patch, $"api/v1/namespaces/default", "{}", "application/unknown")).Code.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await SendAsync(HttpMethod.Post, $"api/v1/namespaces/default/secrets/{Unique}", "{}")).Code.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [SkippableFact]
    public async Task A_list_comes_in_pages_of_one_moment()
    {
        for (var i = 0; i < 5; i++)
            await Client.CreateAsync(Resources.ConfigMaps, ConfigMap($"{Unique}-{i}"), Soon);
        var address = $"api/v1/namespaces/default/configmaps?labelSelector=test%3D{Unique}&limit=2";

        var first = (await SendAsync(HttpMethod.Get, address)).Json;
        await Client.CreateAsync(Resources.ConfigMaps, ConfigMap($"{Unique}-9"), Soon);
        var second = (await SendAsync(HttpMethod.Get, $"{address}&continue={Uri.EscapeDataString((string)first["metadata"]!["continue"]!)}")).Json;
        var third = (await SendAsync(HttpMethod.Get, $"{address}&continue={Uri.EscapeDataString((string)second["metadata"]!["continue"]!)}")).Json;

        Names(first).Concat(Names(second)).Concat(Names(third)).Should().Equal(Enumerable.Range(0, 5).Select(i => $"{Unique}-{i}"));
        ((string?)third["metadata"]!["continue"]).Should().BeNullOrEmpty();
        ((string?)second["metadata"]!["resourceVersion"]).Should().Be((string?)first["metadata"]!["resourceVersion"]);
    }

    [SkippableFact]
    public async Task Lists_are_limited_by_labels_and_fields()
    {
        await Client.CreateAsync(Resources.ConfigMaps, ConfigMap(Unique + "-a"), Soon);
        var other = ConfigMap(Unique + "-b");
        other.Metadata.Labels!["test"] = Unique + "x";
        await Client.CreateAsync(Resources.ConfigMaps, other, Soon);
        async Task<IEnumerable<string?>> ListAsync(Scope scope) =>
            (await Client.ListAsync(Resources.ConfigMaps, scope, Soon)).Items!.Select(item => item.Metadata.Name).Where(name => name!.StartsWith(Unique, StringComparison.Ordinal));

        (await ListAsync(new Scope { Labels = $"test={Unique}" })).Should().Equal(Unique + "-a");
        (await ListAsync(new Scope { Labels = $"test in ({Unique}, {Unique}x)" })).Should().HaveCount(2);
        (await ListAsync(new Scope { Labels = $"test!={Unique}" })).Should().Equal(Unique + "-b");
        (await ListAsync(new Scope { Labels = $"test,!absent" })).Should().HaveCount(2);
        (await ListAsync(new Scope { Fields = $"metadata.name={Unique}-b" })).Should().Equal(Unique + "-b");
        (await ListAsync(new Scope { Namespace = "kube-system" })).Should().BeEmpty();
        (await ListAsync(new Scope { Namespace = "default" })).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task A_watch_tells_what_was_written_after_its_version_and_what_leaves_its_scope()
    {
        var before = await Client.CreateAsync(Resources.ConfigMaps, ConfigMap(Unique), Soon);
        var key = new Key("default", Unique);
        await Client.MergePatchAsync(Resources.ConfigMaps, key, new JsonObject { ["data"] = new JsonObject { ["a"] = "1" } }, Soon);
        await Client.MergePatchAsync(Resources.ConfigMaps, key, Labelled("test", "other"), Soon);
        await Client.MergePatchAsync(Resources.ConfigMaps, key, Labelled("test", Unique), Soon);
        await Client.DeleteAsync(Resources.ConfigMaps, key, Soon);

        var seen = await Client.WatchAsync(Resources.ConfigMaps, new Scope { Namespace = "default", Labels = $"test={Unique}" }, before.Metadata.ResourceVersion!, Soon)
            .Where(seen => seen.Kind != WatchEventKind.Bookmark).Take(4).ToListAsync();

        seen.Select(one => one.Kind).Should().Equal(WatchEventKind.Modified, WatchEventKind.Deleted, WatchEventKind.Added, WatchEventKind.Deleted);
        seen[0].Object!.Data.Should().Contain("a", "1");
        seen.Select(one => ulong.Parse(one.Version, CultureInfo.InvariantCulture)).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task A_watch_without_events_gets_a_bookmark_and_ends_in_time()
    {
        var made = await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon);
        var seconds = (int)(Bookmarks * 1.5).TotalSeconds;

        var (code, _, text) = await SendAsync(HttpMethod.Get, $"apis/ocid.dev/v1alpha1/runtimenodes?watch=true&allowWatchBookmarks=true&timeoutSeconds={seconds}&resourceVersion={made.Metadata.ResourceVersion}&fieldSelector=metadata.name%3Dnone");

        code.Should().Be(HttpStatusCode.OK);
        var bookmark = JsonNode.Parse(text.Split('\n')[0])!;
        ((string?)bookmark["type"]).Should().Be("BOOKMARK");
        ulong.Parse((string)bookmark["object"]!["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture).Should().BeGreaterThanOrEqualTo(ulong.Parse(made.Metadata.ResourceVersion!, CultureInfo.InvariantCulture));
    }

    [SkippableFact]
    public async Task A_watch_of_the_distant_past_is_gone()
    {
        await ForgetAsync((await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon)).Metadata.ResourceVersion!);

        (await FailureAsync(async () => await Client.WatchAsync(Resources.RuntimeNodes, Scope.All, "1", Soon).ToListAsync())).Failure.Should().Be(ApiFailure.Gone);
    }

    [SkippableFact]
    public async Task What_has_a_finalizer_goes_when_that_is_taken_away()
    {
        var asked = RuntimeNode();
        asked.Metadata.Finalizers = ["ocid.dev/test"];
        await Client.CreateAsync(Resources.RuntimeNodes, asked, Soon);

        (await Client.DeleteAsync(Resources.RuntimeNodes, Node, Soon)).Should().BeTrue();
        var marked = await Client.GetAsync(Resources.RuntimeNodes, Node, Soon);
        marked!.Metadata.DeletionTimestamp.Should().NotBeNull();
        marked.Metadata.Generation.Should().Be(2);
        await Client.MergePatchAsync(Resources.RuntimeNodes, Node, new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } }, Soon);

        (await Client.GetAsync(Resources.RuntimeNodes, Node, Soon)).Should().BeNull();
    }

    [SkippableFact]
    public async Task A_Lease_keeps_its_microseconds()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234560);
        var lease = new Lease { Metadata = new V1ObjectMeta { Name = Unique, NamespaceProperty = "default" }, Spec = new Lease.LeaseSpec { HolderIdentity = "a", LeaseDurationSeconds = 15, AcquireTime = now, RenewTime = now } };

        var made = await Client.CreateAsync(Resources.Leases, lease, Soon);
        made.Spec!.RenewTime.Should().Be(now);
        var released = await Client.ReplaceAsync(Resources.Leases, made with { Spec = made.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1 } }, Soon);

        released.Spec!.HolderIdentity.Should().BeNullOrEmpty();
        (await FailureAsync(() => Client.ReplaceAsync(Resources.Leases, made, Soon))).Failure.Should().Be(ApiFailure.Conflict);
        (await FailureAsync(() => Client.ReplaceAsync(Resources.Leases, released with { Spec = released.Spec with { LeaseDurationSeconds = 0 } }, Soon))).Failure.Should().Be(ApiFailure.Invalid);
    }

    [SkippableFact]
    public async Task Events_and_their_repetitions_are_taken_as_the_recorder_writes_them()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var recorder = new EventRecorder(Client, "ocid.dev/operator", "operator-0", time);
        using var stop = new CancellationTokenSource();
        var running = recorder.RunAsync(stop.Token);
        var about = ObjectReference.To(Resources.RuntimeNodes, await Client.CreateAsync(Resources.RuntimeNodes, RuntimeNode(), Soon));
        var mine = new Scope { Namespace = "default", Fields = "reason=Contract" };
        async Task<ClusterEvent?> WrittenAsync() => (await Client.ListAsync(Resources.Events, mine, Soon)).Items!.FirstOrDefault(one => one.Regarding?.Name == Unique);

        recorder.Record(about, "Contract", "it was done", isWarning: true);
        var patience = Soon;
        while (await WrittenAsync() is null && !patience.IsCancellationRequested)
            await Task.Delay(50);
        recorder.Record(about, "Contract", "it was done", isWarning: true);
        while ((await WrittenAsync())?.Series is null && !patience.IsCancellationRequested)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(50);
        }

        (await WrittenAsync()).Should().BeEquivalentTo(new { Note = "it was done", Type = "Warning", Series = new { Count = 2 }, Regarding = about });
        recorder.Dropped.Should().Be(0);
        await EndAsync(stop, running);
    }

    [SkippableFact]
    public async Task What_the_definition_does_not_allow_is_refused_and_what_it_does_not_know_is_left_out()
    {
        var wrong = await SendAsync(HttpMethod.Post, "apis/ocid.dev/v1alpha1/runtimenodes", $$$"""
            {"apiVersion":"ocid.dev/v1alpha1","kind":"RuntimeNode","metadata":{"name":"{{{Unique}}}"},"spec":{"desiredRevision":"NOT-A-HASH"}}
            """);
        var unknown = await SendAsync(HttpMethod.Post, "apis/ocid.dev/v1alpha1/runtimenodes", $$$"""
            {"apiVersion":"ocid.dev/v1alpha1","kind":"RuntimeNode","metadata":{"name":"{{{Unique}}}"},"spec":{"unknown":7,"desiredRevision":null}}
            """);
        var condition = await SendAsync(HttpMethod.Patch, $"apis/ocid.dev/v1alpha1/runtimenodes/{Unique}/status", """{"status":{"conditions":[{"type":"Updated","status":"True"}]}}""", Merge);

        wrong.Code.Should().Be(HttpStatusCode.UnprocessableEntity, wrong.Text);
        ((string?)wrong.Json["message"]).Should().Contain("spec.desiredRevision");
        unknown.Code.Should().Be(HttpStatusCode.Created, unknown.Text);
        unknown.Json["spec"]!.ToJsonString().Should().Be("""{"release":false}""");
        condition.Code.Should().Be(HttpStatusCode.UnprocessableEntity, condition.Text);
        ((string?)condition.Json["message"]).Should().Contain("status.conditions[0].lastTransitionTime: Required value").And.Contain("status.conditions[0].message: Required value");
    }

    [SkippableFact]
    public async Task An_eviction_that_a_budget_does_not_allow_is_too_many()
    {
        await SendAsync(HttpMethod.Post, "api/v1/namespaces/default/pods", $$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{Unique}}}","labels":{"app":"{{{Unique}}}"}},"spec":{"containers":[{"name":"c","image":"i"}]}}
            """);
        await SendAsync(HttpMethod.Post, "apis/policy/v1/namespaces/default/poddisruptionbudgets", $$$"""
            {"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"{{{Unique}}}"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"{{{Unique}}}"} } } }
            """);
        await SendAsync(HttpMethod.Patch, $"api/v1/namespaces/default/pods/{Unique}/status", """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}""", Merge);
        var eviction = $$$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{{Unique}}}","namespace":"default"}}""";
        var allowed = (int count) => SendAsync(HttpMethod.Patch, $"apis/policy/v1/namespaces/default/poddisruptionbudgets/{Unique}/status",
            $$$"""{"status":{"observedGeneration":1,"disruptionsAllowed":{{{count}}},"currentHealthy":1,"desiredHealthy":1,"expectedPods":1}}""", Merge);

        (await allowed(0)).Code.Should().Be(HttpStatusCode.OK);
        var refused = await SendAsync(HttpMethod.Post, $"api/v1/namespaces/default/pods/{Unique}/eviction", eviction);
        refused.Code.Should().Be(HttpStatusCode.TooManyRequests, refused.Text);
        ((string?)refused.Json["message"]).Should().Contain("disruption budget");
        (await allowed(1)).Code.Should().Be(HttpStatusCode.OK);
        var evicted = await SendAsync(HttpMethod.Post, $"api/v1/namespaces/default/pods/{Unique}/eviction", eviction);

        evicted.Code.Should().Be(HttpStatusCode.Created, evicted.Text);
        (await Client.GetAsync(Resources.Pods, new Key("default", Unique), Soon)).Should().BeNull("no kubelet has it");
    }

    [SkippableFact]
    public async Task Nobody_is_known_by_a_token_that_was_never_given()
    {
        var review = await SendAsync(HttpMethod.Post, "apis/authentication.k8s.io/v1/tokenreviews", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"nobody"}}""");
        var access = await SendAsync(HttpMethod.Post, "apis/authorization.k8s.io/v1/subjectaccessreviews", """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{"user":"nobody","nonResourceAttributes":{"path":"/metrics","verb":"get"}}}
            """);

        review.Code.Should().Be(HttpStatusCode.Created, review.Text);
        ((bool?)review.Json["status"]!["authenticated"]).Should().NotBe(true);
        access.Code.Should().Be(HttpStatusCode.Created, access.Text);
        ((bool?)access.Json["status"]!["allowed"]).Should().BeFalse();
    }

    protected const string Merge = "application/merge-patch+json";

    protected Key Node => Key.Cluster(Unique);

    /// <summary>How often a watch without events gets a bookmark.</summary>
    protected abstract TimeSpan Bookmarks { get; }

    /// <summary>Makes the server forget everything up to a version.</summary>
    protected abstract Task ForgetAsync(string version);

    protected RuntimeNode RuntimeNode(string? desired = null) => new() { Metadata = new V1ObjectMeta { Name = Unique }, Spec = new RuntimeNodeSpec { DesiredRevision = desired } };

    protected static async Task<ApiException> FailureAsync(Func<Task> act) => (await act.Should().ThrowAsync<ApiException>()).Which;

    protected async Task<(HttpStatusCode Code, JsonNode Json, string Text)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(Connection.BaseUri, path));
        if (Connection.Credentials is { } credentials)
            await credentials.ProcessHttpRequestAsync(request, Soon);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        using var response = await Connection.HttpClient.SendAsync(request, Soon);
        var text = await response.Content.ReadAsStringAsync(Soon);
        return (response.StatusCode, text.StartsWith('{') && !text.TrimEnd().Contains('\n', StringComparison.Ordinal) ? JsonNode.Parse(text)! : new JsonObject(), text);
    }

    private static async Task EndAsync(CancellationTokenSource stop, Task running)
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Secret Secret(bool? immutable = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = Unique, NamespaceProperty = "default" },
        Immutable = immutable,
        Type = "ocid.dev/revision",
        Data = new Dictionary<string, byte[]> { ["k"] = "v"u8.ToArray() },
    };

    private ConfigMap ConfigMap(string name) => new() { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default", Labels = new Dictionary<string, string> { ["test"] = Unique } } };

    private static JsonObject Asking(string revision) => new() { ["spec"] = new JsonObject { ["desiredRevision"] = revision } };

    private static JsonObject Labelled(string name, string value) => new() { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [name] = value } } };

    private static IEnumerable<string?> Names(JsonNode list) => list["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]);
}
