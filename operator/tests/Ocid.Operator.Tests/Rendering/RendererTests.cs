using System.Text;
using System.Text.Json.Nodes;
using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;
using Ocid.Operator.Tests.Merging;
using Ocid.Revisions;
using Ocid.Testing;
using Ocid.Toml;

namespace Ocid.Operator.Tests.Rendering;

public sealed class RendererTests
{
    private const string Password = "correct horse battery staple";

    private static readonly string Docker =
        """{"auths":{"https://index.docker.io/v1/":{"username":"u","password":"PASSWORD"},"mirror.example":{"auth":"bWlycm9yOnNlY3JldA=="},"other.example":{"auth":"b3RoZXI6c2VjcmV0"}}}"""
            .Replace("PASSWORD", Password, StringComparison.Ordinal);

    private static readonly RegistryRule Hub = new() { Prefix = "docker.io", Mirrors = [new MirrorRule("mirror.example/hub")], Credentials = Contents.Credentials };

    private static RenderResult Render(Contents contents, params Layer[] layers) => new Renderer("0.1.0").Render(Merge.Of(layers).Configuration, contents);

    private static string Text(Revision revision, string path) =>
        Encoding.UTF8.GetString(revision.ContentOf(revision.Document.Files.Single(file => file.Path.Value == path)).Span);

    private static Revision Revision(Contents contents, params Layer[] layers)
    {
        var result = Render(contents, layers);
        result.Problems.Should().BeEmpty();
        return result.Revision!;
    }

    [Fact]
    public void The_same_makes_the_same_revision_in_whatever_order()
    {
        Layer[] layers = [A.Layer("a", 1, (Fields.LogLevel, "Debug")), A.Layer("b", 2).With(new RegistryRule { Prefix = "x.example" }, new RegistryRule { Prefix = "a.example" })];

        Revision(new Contents(), layers).Hash.Should().Be(Revision(new Contents(), [.. layers.Reverse()]).Hash);
    }

    [Fact]
    public void A_settings_file_says_what_its_change_costs()
    {
        var revision = Revision(new Contents(), A.Layer("a", 0, (Fields.StorageRoot, "/data"), (Fields.LogLevel, "Debug"), (Fields.StorageDurability, "Syncfs")));

        Text(revision, "30-storage.toml").Should().Be("[storage]\nroot = \"/data\"\n");
        Text(revision, "20-restart.toml").Should().Contain("durability = \"syncfs\"").And.Contain("config_dirs = [\"@DIR@\", ");
        Text(revision, "10-reload.toml").Should().Be("log_level = \"debug\"\n");
        revision.Document.Files.ToDictionary(file => file.Path.Value, file => file.Needs).Should().Equal(
            new Dictionary<string, Disruption> { ["10-reload.toml"] = Disruption.Reload, ["20-restart.toml"] = Disruption.Restart, ["30-storage.toml"] = Disruption.Drain });
    }

    [Fact]
    public void A_mirror_is_a_reload()
    {
        var before = Revision(new Contents(), A.Layer("a"));
        var after = Revision(new Contents(), A.Layer("a").With(new RegistryRule { Prefix = "docker.io", Mirrors = [new MirrorRule("mirror.example", MirrorPull.DigestOnly)] }));

        RevisionComparison.Between(before.Document, after.Document).Disruption.Should().Be(Disruption.Reload);
    }

    [Fact]
    public void What_a_key_costs_is_what_the_daemons_documentation_says()
    {
        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs/configuration.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', '`'))
            .ToDictionary(cells => cells[2], cells => Enum.Parse<Disruption>(cells[4].Trim()));

        // For another store the node is drained besides, as the page says below its table.
        DaemonKey.All.Should().OnlyContain(key => documented[key.Path] == (key.Needs == Disruption.Drain ? Disruption.Restart : key.Needs));
        documented["runtime.handlers.*.program"].Should().Be(Disruption.Reload);
    }

    [Fact]
    public void A_handler_is_a_reload()
    {
        var before = Revision(new Contents(), A.Layer("a"));
        var after = Revision(new Contents(), A.Layer("a", 0, (Fields.DefaultHandler, "kata")) with { Handlers = [new HandlerRule("kata", "/opt/kata/runc")] });

        RevisionComparison.Between(before.Document, after.Document).Disruption.Should().Be(Disruption.Reload);
    }

    [Fact]
    public void A_rotated_Secret_is_another_revision_and_a_reload()
    {
        var before = Revision(new Contents { [Contents.Credentials] = Docker }, A.Layer("a").With(Hub));
        var after = Revision(new Contents { [Contents.Credentials] = Docker.Replace(Password, "another", StringComparison.Ordinal) }, A.Layer("a").With(Hub));

        after.Hash.Should().NotBe(before.Hash);
        RevisionComparison.Between(before.Document, after.Document).Disruption.Should().Be(Disruption.Reload);
    }

    [Fact]
    public void Of_a_Docker_configuration_only_what_the_registry_needs_is_taken()
    {
        var revision = Revision(new Contents { [Contents.Credentials] = Docker }, A.Layer("a").With(Hub));

        var auths = JsonNode.Parse(Text(revision, "auth.json"))!["auths"]!.AsObject();
        auths.Select(auth => auth.Key).Should().Equal("docker.io", "mirror.example/hub");
        auths["docker.io"]!["auth"]!.GetValue<string>().Should().Be(Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{Password}")));
        revision.Document.Files.Single(file => file.Path.Value == "auth.json").Mode.Should().Be(0x180);
    }

    [Fact]
    public void A_Secret_that_is_missing_or_is_none_is_named_and_never_shown()
    {
        Problem(new Contents(), Hub).ToString().Should().Be("registries.items[docker.io].credentialsRef: Secret pull, key .dockerconfigjson is not there; create it in the release's namespace");
        Problem(new Contents { [Contents.Credentials] = $"{{\"auths\": {Password}" }, Hub).ToString().Should().Be(
            "registries.items[docker.io].credentialsRef: Secret pull, key .dockerconfigjson is no Docker configuration with \"auths\", as kubectl create secret docker-registry makes one");
        Problem(new Contents { [Contents.Credentials] = Docker }, Hub with { Prefix = "z.example", Mirrors = [] }).ToString().Should().Be(
            "registries.items[z.example].credentialsRef: Secret pull, key .dockerconfigjson has no credentials for z.example");
    }

    [Fact]
    public void The_authorities_are_those_of_every_endpoint()
    {
        var contents = new Contents { [Contents.Authorities] = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n" };
        var rule = new RegistryRule { Prefix = "docker.io", Location = "hub.example:5000/x", Mirrors = [new MirrorRule("mirror.example/hub")], Authorities = Contents.Authorities };

        var paths = Revision(contents, A.Layer("a").With(rule)).Document.Files.Select(file => file.Path.Value);

        paths.Should().Contain("certs.d/hub.example:5000/configmap-corp-ca-ca.crt.crt").And.Contain("certs.d/mirror.example/configmap-corp-ca-ca.crt.crt");
    }

    [Fact]
    public void Authorities_without_a_certificate_or_without_a_host_are_refused()
    {
        var rule = new RegistryRule { Prefix = "*.example.com", Authorities = Contents.Authorities };

        Problem(new Contents { [Contents.Authorities] = "no" }, rule).Reason.Should().Be("ConfigMap corp-ca, key ca.crt holds no certificate in PEM");
        Problem(new Contents { [Contents.Authorities] = "-----BEGIN CERTIFICATE-----" }, rule).Reason.Should().StartWith("*.example.com has neither location nor mirror");
    }

    [Fact]
    public void One_place_that_is_insecure_for_one_prefix_only_is_refused_before_the_node_would() =>
        Problem(new Contents(), new RegistryRule { Prefix = "a.example", Location = "l.example" }, new RegistryRule { Prefix = "b.example", Location = "l.example", IsInsecure = true })
            .ToString().Should().Be("registries.items[b.example]: l.example is insecure for b.example and neither blocked nor insecure for a.example; registries.conf knows one answer for one place");

    [Fact]
    public void What_no_Secret_can_hold_is_refused_with_its_size()
    {
        var contents = new Contents { [Contents.Authorities] = "-----BEGIN CERTIFICATE-----" + new string('x', 1 << 20) };

        var problem = Problem(contents, new RegistryRule { Prefix = "a.example", Authorities = Contents.Authorities });

        problem.Kind.Should().Be(ProblemKind.TooLarge);
        problem.Reason.Should().Contain("a Secret holds 1048576; the biggest is certs.d/a.example/");
    }

    [Fact]
    public void The_version_is_the_operators_own_where_none_is_asked_for()
    {
        Revision(new Contents(), A.Layer("a")).Document.Runtime.Should().Be(new RevisionRuntime("0.1.0", InstallMode.Managed));
        Revision(new Contents(), A.Layer("a", 0, (Fields.RuntimeVersion, "0.2.0"), (Fields.RuntimeInstall, "Preinstalled"))).Document.Runtime
            .Should().Be(new RevisionRuntime("0.2.0", InstallMode.Preinstalled));
    }

    [Fact]
    public void Lists_and_numbers_come_through()
    {
        var layer = A.Layer("a") with
        {
            Values = new Dictionary<string, TomlValue>
            {
                [Fields.PidsLimit] = new TomlInteger(4096),
                [Fields.StorageMountOptions] = new TomlArray([new TomlString("nodev")]),
                [Fields.SearchRegistries] = new TomlArray([new TomlString("docker.io")]),
            },
        };

        var revision = Revision(new Contents(), layer);

        Text(revision, "10-reload.toml").Should().Contain("pids_limit = 4096");
        Text(revision, "20-restart.toml").Should().Contain("mount_options = [\"nodev\"]");
        Text(revision, "registries.conf").Should().Be("unqualified-search-registries = [\"docker.io\"]\n");
    }

    private static MergeProblem Problem(Contents contents, params RegistryRule[] rules)
    {
        var result = Render(contents, A.Layer("a").With(rules));
        result.Revision.Should().BeNull();
        var problem = result.Problems.Should().ContainSingle().Subject;
        problem.Configs.Should().Equal("a");
        problem.Reason.Should().NotContain(Password);
        return problem;
    }
}
