using System.Net;
using System.Text.Json;
using Ocid.Cluster.Testing;
using Ocid.Testing;

namespace Ocid.Cluster.Tests.Api;

/// <summary>What a real API server makes of the definitions, the samples, and objects that are wrong.</summary>
[Collection(KubeApiServerTests.Name)]
public sealed class AdmissionTests(KubeApiServerFixture fixture) : IAsyncLifetime
{
    private const string Objects = "apis/ocid.dev/v1alpha1/runtimeconfigs";

    private readonly KubeApiServer _server = fixture.Server;

    public static TheoryData<string> Samples => Files(Path.Combine(Repository.Root, "config", "samples"));

    public static TheoryData<string> Refused => Files(Path.Combine(Repository.Root, "operator", "tests", "Ocid.Cluster.Tests", "testdata", "refused"));

    public async Task InitializeAsync()
    {
        if (KubeApiServer.Assets is not null)
            await fixture.DefineAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_accepted(string file)
    {
        KubeApiServerFixture.SkipWithoutServer();

        var (code, answer) = await _server.PostAsync($"{Objects}?dryRun=All&fieldValidation=Strict", await File.ReadAllTextAsync(file));

        code.Should().Be(HttpStatusCode.Created, answer);
    }

    [SkippableTheory]
    [MemberData(nameof(Refused))]
    public async Task What_is_wrong_is_refused_by_name(string file)
    {
        KubeApiServerFixture.SkipWithoutServer();
        var manifest = await File.ReadAllTextAsync(file);
        var said = manifest.Split('\n')[0]["# refused: ".Length..];

        var (code, answer) = await _server.PostAsync($"{Objects}?dryRun=All&fieldValidation=Strict", manifest);

        code.Should().Match(was => was == HttpStatusCode.UnprocessableEntity || was == HttpStatusCode.BadRequest, answer);
        JsonDocument.Parse(answer).RootElement.GetProperty("message").GetString().Should().Contain(said);
    }

    [SkippableFact]
    public async Task Defaults_are_filled_in()
    {
        KubeApiServerFixture.SkipWithoutServer();

        var (_, answer) = await _server.PostAsync($"{Objects}?dryRun=All", """
            {apiVersion: ocid.dev/v1alpha1, kind: RuntimeConfig, metadata: {name: d}, spec: {nodeSelector: {}, rollout: {}, settings: {},
              registries: {items: [{prefix: docker.io, mirrors: [{location: mirror.example}]}]}}}
            """);

        var spec = JsonDocument.Parse(answer).RootElement.GetProperty("spec");
        spec.GetProperty("priority").GetInt32().Should().Be(0);
        spec.GetProperty("rollout").GetRawText().Should().Be("""{"canary":1,"failureBudget":1,"maxUnavailable":"10%","soakSeconds":60}""");
        spec.GetProperty("registries").GetProperty("items")[0].GetProperty("mirrors")[0].GetProperty("pull").GetString().Should().Be("All");
        spec.GetProperty("settings").GetRawText().Should().Be("{}");
    }

    [SkippableFact]
    public async Task A_status_as_the_agent_writes_it_is_taken_and_leaves_the_spec_alone()
    {
        KubeApiServerFixture.SkipWithoutServer();
        const string nodes = "apis/ocid.dev/v1alpha1/runtimenodes";
        await _server.PostAsync(nodes, "{apiVersion: ocid.dev/v1alpha1, kind: RuntimeNode, metadata: {name: worker-1}, spec: {desiredRevision: 0123456789abcdef, sources: [default@3]}}");

        var (code, answer) = await _server.PatchAsync($"{nodes}/worker-1/status?fieldValidation=Strict", """
            {"spec": {"desiredRevision": "ffffffffffffffff"}, "status": {"observedGeneration": 1, "currentRevision": "0123456789abcdef", "lastGoodRevision": null,
              "failedRevision": null, "phase": "RolledBack", "message": "", "serving": false, "drift": [],
              "runtime": {"version": null, "handlers": ["runc"], "kernel": "6.1.0-18-amd64", "arch": "amd64"}}}
            """);

        code.Should().Be(HttpStatusCode.OK, answer);
        var written = JsonDocument.Parse(answer).RootElement;
        written.GetProperty("status").GetProperty("phase").GetString().Should().Be("RolledBack");
        written.GetProperty("spec").GetProperty("desiredRevision").GetString().Should().Be("0123456789abcdef");
        (await _server.PatchAsync($"{nodes}/worker-1/status", """{"status": {"phase": "Fine"}}""")).Code.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    private static TheoryData<string> Files(string folder) => new(Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal));
}
