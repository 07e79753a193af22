using System.Net;
using System.Text;
using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Images.Registry;
using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Signatures;

public sealed class RegistrySignaturesTests : IDisposable
{
    private static readonly Digest Manifest = Digest.Sha256("manifest"u8);

    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-found-").FullName;
    private readonly RegistryTransport _transport = new();

    public void Dispose()
    {
        _transport.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_lookaside_on_a_web_server_is_read_to_its_end()
    {
        await using var server = new ScriptedRegistry(context => context.Request.Url!.AbsolutePath switch
        {
            var path when path.EndsWith("signature-1", StringComparison.Ordinal) || path.EndsWith("signature-2", StringComparison.Ordinal) => ScriptedRegistry.SendAsync(context, [0x90, 1, 2]),
            _ => ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.NotFound),
        });

        var found = await FindAsync(server, $"lookaside: http://{server.Host}/sigs", needed: false);

        found.Should().HaveCount(2).And.AllBeOfType<SimpleSignature>();
        server.Requests.Select(request => request.Path).Should().Contain($"/sigs/team/app@sha256={Manifest.Hex}/signature-3");
        server.Requests.Select(request => request.Authorization).Should().OnlyContain(authorization => authorization == null, "a web server is not the registry");
    }

    [Fact]
    public async Task A_lookaside_without_end_is_given_up()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, [0x90, 1, 2]));

        var find = () => FindAsync(server, $"lookaside: http://{server.Host}/sigs", needed: false);

        await find.Should().ThrowAsync<OcidException>().Where(e => e.Kind == ErrorKind.ResourceExhausted);
    }

    [Fact]
    public async Task A_registry_with_the_extension_is_asked_when_it_matters()
    {
        var list = Encoding.UTF8.GetBytes("""
            {"signatures":[{"schemaVersion":2,"type":"atomic","name":"a","content":"kAEC"},{"schemaVersion":3,"type":"atomic","content":"kAEC"},{"schemaVersion":2,"type":"else","content":"kAEC"}]}
            """);
        await using var server = new ScriptedRegistry(context =>
        {
            context.Response.Headers["X-Registry-Supports-Signatures"] = "1";
            return context.Request.Url!.AbsolutePath switch
            {
                "/v2/" => ScriptedRegistry.SendAsync(context, []),
                var path when path == $"/extensions/v2/team/app/signatures/{Manifest}" => ScriptedRegistry.SendAsync(context, list),
                _ => ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.NotFound),
            };
        });

        (await FindAsync(server, $"lookaside: file://{_folder}/none", needed: true)).Should().ContainSingle().Which.Should().BeOfType<SimpleSignature>().Which.Message.Should().Equal(0x90, 1, 2);
        (await FindAsync(server, $"lookaside: file://{_folder}/none", needed: false)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_lookaside_in_a_directory_grows_by_number()
    {
        var lookaside = new Lookaside(new Uri($"file://{_folder}/sigs"), ImageReference.Parse("quay.io/team/app:1"));
        var file = lookaside.Write(Manifest, new SimpleSignature([0x90, 1, 2]));
        lookaside.Write(Manifest, new SimpleSignature([0x90, 3])).Should().EndWith("/signature-2");

        file.Should().Be($"{_folder}/sigs/team/app@sha256={Manifest.Hex}/signature-1");
        (await lookaside.ReadAsync(Manifest, (_, _) => throw new InvalidOperationException(), CancellationToken.None)).Should().HaveCount(2);
    }

    private async Task<IReadOnlyList<ImageSignature>> FindAsync(ScriptedRegistry server, string entry, bool needed)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "registries.d"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "registries.d/a.yaml"), $"default-docker:\n  {entry}\n");
        using var registry = new RegistryClient(_transport, ImageReference.Parse($"{server.Host}/team/app:1"), null, tlsVerify: false, TimeProvider.System);
        return await new RegistrySignatures(registry, new LookasideConfiguration(new ImageConfigurationRoots([_folder]))).FindAsync(Manifest, needed, CancellationToken.None);
    }
}
