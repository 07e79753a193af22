using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Primitives;
using Ocid.Spec.Schema;
using Ocid.Spec.Tests.Golden;

namespace Ocid.Spec.Tests;

public sealed class SpecGeneratorTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static TheoryData<string> Cases() => new(Directory.GetDirectories(CaseRoot()).Select(Path.GetFileName).Order()!);

    // A refused request has an expected.json of {"error": …}. OCID_REWRITE_EXPECTED=1 writes the expected files anew.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_request_makes_the_expected_document(string name)
    {
        var folder = Path.Combine(CaseRoot(), name);
        var golden = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, "request.json")), GoldenSerializerContext.Default.GoldenCase)!;
        var actual = Generate(golden);
        var expected = Path.Combine(folder, "expected.json");
        if (Environment.GetEnvironmentVariable("OCID_REWRITE_EXPECTED") == "1")
            File.WriteAllText(expected, actual);

        actual.Should().Be(File.ReadAllText(expected));
    }

    [Fact]
    public void An_exec_is_the_containers_process_with_another_command_line()
    {
        var container = SpecGenerator.Generate(new ContainerSpecRequest { RootfsPath = "/r", Command = ["sleep", "1"] }, new GoldenHost().ToFacts()).Process!;

        var exec = SpecGenerator.Exec(container, ["sh"], terminal: true);

        exec.Args.Should().Equal("sh");
        exec.Terminal.Should().BeTrue();
        exec.Env.Should().Contain("TERM=xterm");
        exec.Capabilities.Should().Be(container.Capabilities);
    }

    [Theory]
    [InlineData("HOME", "/root\nroot::0:0::/:/bin/sh")]
    [InlineData("A\nB", "x")]
    [InlineData("A=B", "x")]
    [InlineData("", "x")]
    [InlineData("A", "x\0y")]
    public void A_variable_that_could_forge_a_line_is_refused(string name, string value) =>
        Generating(request => request with { Environment = [new EnvironmentVariable(name, value)] }).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);

    [Fact]
    public void Scripts_and_certificates_keep_their_lines()
    {
        var spec = Generating(request => request with { Arguments = ["-c", "a\nb\tc"], Environment = [new EnvironmentVariable("CERT", "-\n-\n")] })();

        spec.Process!.Args.Should().Contain("a\nb\tc");
        spec.Process.Env.Should().Contain("CERT=-\n-\n");
    }

    public static TheoryData<string, Func<ContainerSpecRequest, ContainerSpecRequest>> Poisoned() => new()
    {
        { "cwd", request => request with { WorkingDirectory = "/a\nb" } },
        { "host name", request => request with { Hostname = "a\u0085b" } },
        { "mount", request => request with { Mounts = [new() { Source = "/a\n", Destination = "/b" }] } },
        { "mount option", request => request with { Mounts = [new() { Source = "/a", Destination = "/b", Options = ["no\texec"] }] } },
        { "sysctl", request => request with { Namespaces = [new(NamespaceKind.Network)], Sysctls = new Dictionary<string, string> { ["net.ipv4.x"] = "1\nkernel.y = 2" } } },
        { "sysctl name", request => request with { Namespaces = [new(NamespaceKind.Network)], Sysctls = new Dictionary<string, string> { ["net.ipv4.x=1+kernel.y"] = "1" } } },
        { "cgroup", request => request with { CgroupsPath = "/a\n" } },
        { "image cwd", request => request with { Image = new ImageDefaults { WorkingDirectory = "/\u007f" } } },
        { "image HOME", request => request with { Image = new ImageDefaults { Env = ["HOME=/\n"] } } },
    };

    [Theory]
    [MemberData(nameof(Poisoned))]
    public void Control_characters_are_refused(string what, Func<ContainerSpecRequest, ContainerSpecRequest> change) =>
        Generating(change).Should().Throw<OcidException>(what).Which.Kind.Should().Be(ErrorKind.InvalidArgument);

    private static Func<RuntimeSpec> Generating(Func<ContainerSpecRequest, ContainerSpecRequest> change) =>
        () => SpecGenerator.Generate(change(new ContainerSpecRequest { RootfsPath = "/r", Command = ["sh"] }), new GoldenHost().ToFacts());

    private static string Generate(GoldenCase golden)
    {
        try
        {
            var spec = SpecGenerator.Generate(golden.ToRequest(), (golden.Host ?? new GoldenHost()).ToFacts());
            SpecValidator.Validate(spec).Should().BeEmpty();
            return JsonNode.Parse(SpecJson.Write(spec))!.ToJsonString(Indented) + "\n";
        }
        catch (OcidException refused)
        {
            return new JsonObject { ["error"] = $"{refused.Kind}: {refused.Message}" }.ToJsonString(Indented) + "\n";
        }
    }

    private static string CaseRoot([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "testdata", "spec");
}
