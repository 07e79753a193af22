using System.Net;
using System.Text;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests;

/// <summary>Writing to Debian's docker-registry.</summary>
public sealed class RegistryWritingTests : IDisposable
{
    // "me" and "secret"
    private const string Passwords = "me:$2b$04$zWqyB9XKfbi8HmlVoCE1BO2iMyiZ4I1rmzIUUN9BLpEYWPidPRJ52\n";

    private readonly RegistryTransport _transport = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-writing-").FullName;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_uploaded_is_there(bool known)
    {
        await using var registry = await StartAsync();
        using var client = Client(registry, "app");
        var content = Content(3_000_000);
        var digest = Digest.Sha256(content);

        (await client.HasBlobAsync(digest, CancellationToken.None)).Should().BeFalse();
        var uploaded = await client.UploadBlobAsync(known ? digest : null, (to, ct) => WriteAsync(to, content, ct), CancellationToken.None);

        uploaded.Should().Be(new UploadedBlob(digest, content.Length));
        (await client.FindBlobAsync(digest, CancellationToken.None)).Should().Be(content.Length);
        (await client.ReadBlobAsync(new Descriptor { Digest = digest, Size = content.Length }, CancellationToken.None)).Should().Equal(content);
    }

    [SkippableFact]
    public async Task A_stream_is_uploaded_from_where_it_stands()
    {
        await using var registry = await StartAsync();
        using var client = Client(registry, "app");
        using var content = new MemoryStream(Content(1000)) { Position = 400 };

        (await client.UploadBlobAsync(null, content, CancellationToken.None)).Should().Be(new UploadedBlob(Digest.Sha256(Content(1000).AsSpan(400)), 600));
    }

    [SkippableFact]
    public async Task A_connection_that_breaks_begins_the_upload_again()
    {
        await using var registry = await StartAsync();
        await using var relay = new CuttingRelay(registry.Port, after: 1_000_000, cuts: 2);
        using var client = new RegistryClient(
            _transport, ImageReference.Parse($"{relay.Host}/app"), null, tlsVerify: false, new HurriedTime(), RegistryAccess.PullAndPush);
        var content = Content(3_000_000);
        var writes = 0;

        var uploaded = await client.UploadBlobAsync(
            null,
            (to, ct) =>
            {
                writes++;
                return WriteAsync(to, content, ct);
            },
            CancellationToken.None);

        uploaded.Should().Be(new UploadedBlob(Digest.Sha256(content), content.Length));
        writes.Should().Be(3);
        (await client.FindBlobAsync(uploaded.Digest, CancellationToken.None)).Should().Be(content.Length);
    }

    [SkippableFact]
    public async Task Content_of_another_digest_is_not_kept()
    {
        await using var registry = await StartAsync();
        using var client = Client(registry, "app");
        var upload = () => client.UploadBlobAsync(Digest.Sha256("another"u8), (to, ct) => WriteAsync(to, Content(1000), ct), CancellationToken.None);

        (await upload.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.DataLoss);
        (await client.HasBlobAsync(Digest.Sha256(Content(1000)), CancellationToken.None)).Should().BeFalse();
    }

    [SkippableFact]
    public async Task A_blob_of_another_repository_is_taken_over_if_that_has_it()
    {
        await using var registry = await StartAsync();
        using var first = Client(registry, "some/where");
        using var second = Client(registry, "else/where");
        var blob = (await first.UploadBlobAsync(null, (to, ct) => WriteAsync(to, Content(1000), ct), CancellationToken.None)).Digest;

        (await second.MountBlobAsync(blob, "not/there", CancellationToken.None)).Should().BeFalse();
        (await second.HasBlobAsync(blob, CancellationToken.None)).Should().BeFalse();
        (await second.MountBlobAsync(blob, "some/where", CancellationToken.None)).Should().BeTrue();
        (await second.HasBlobAsync(blob, CancellationToken.None)).Should().BeTrue();
    }

    [SkippableFact]
    public async Task Manifests_are_written_listed_by_tag_and_deleted()
    {
        await using var registry = await StartAsync();
        using var client = Client(registry, "app");
        var config = await client.UploadBlobAsync(null, (to, ct) => WriteAsync(to, "{}"u8.ToArray(), ct), CancellationToken.None);
        var manifest = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{config.Digest}}","size":2},"layers":[]}""");
        foreach (var reference in new[] { "v1", "v2", Digest.Sha256(manifest).ToString() })
            await client.WriteManifestAsync(reference, manifest, MediaTypes.OciManifest, CancellationToken.None);

        (await client.ListTagsAsync(CancellationToken.None).ToListAsync()).Should().BeEquivalentTo("v1", "v2");
        (await client.ReadManifestAsync("v2", CancellationToken.None)).Digest.Should().Be(Digest.Sha256(manifest));

        await client.DeleteManifestAsync(Digest.Sha256(manifest), CancellationToken.None);
        var read = () => client.ReadManifestAsync("v2", CancellationToken.None);
        (await read.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.NotFound);
    }

    [SkippableFact]
    public async Task Tags_of_a_repository_that_is_not_there_are_not_found()
    {
        await using var registry = await StartAsync();
        using var client = Client(registry, "nothing");
        var list = async () => await client.ListTagsAsync(CancellationToken.None).ToListAsync();

        (await list.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.NotFound);
    }

    [SkippableFact]
    public async Task A_registry_with_passwords_takes_the_right_one()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "htpasswd"), Passwords);
        await using var registry = await StartAsync($"auth:\n  htpasswd:\n    realm: test\n    path: {_folder}/htpasswd");
        using var client = Client(registry, "app", new RegistryCredentials { Username = "me", Password = "secret" });
        using var wrong = Client(registry, "app", new RegistryCredentials { Username = "me", Password = "guess" });
        using var nobody = Client(registry, "app");

        var blob = await client.UploadBlobAsync(null, (to, ct) => WriteAsync(to, Content(100_000), ct), CancellationToken.None);

        (await client.HasBlobAsync(blob.Digest, CancellationToken.None)).Should().BeTrue();
        foreach (var other in new[] { wrong, nobody })
        {
            var ask = () => other.HasBlobAsync(blob.Digest, CancellationToken.None);
            (await ask.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.PermissionDenied);
        }
    }

    [SkippableFact]
    public async Task A_part_of_a_blob_is_read()
    {
        await using var registry = await StartAsync();
        using var client = Client(registry, "app");
        var content = Content(1_000_000);
        var blob = await client.UploadBlobAsync(null, (to, ct) => WriteAsync(to, content, ct), CancellationToken.None);

        using var answer = await client.OpenBlobAsync(new Descriptor { Digest = blob.Digest, Size = blob.Size }, 300_000, 5000, CancellationToken.None);

        answer.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(content[300_000..305_000]);
    }

    public void Dispose()
    {
        _transport.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 / 3))];

    private static async Task WriteAsync(Stream to, byte[] content, CancellationToken ct)
    {
        for (var at = 0; at < content.Length; at += 100_000)
            await to.WriteAsync(content.AsMemory(at, Math.Min(100_000, content.Length - at)), ct);
    }

    private static async Task<LocalRegistry> StartAsync(string configuration = "")
    {
        Skip.If(Tool.Find("docker-registry") is null, "needs docker-registry");
        return await LocalRegistry.StartAsync(configuration);
    }

    private RegistryClient Client(LocalRegistry registry, string path, RegistryCredentials? credentials = null) =>
        new(_transport, ImageReference.Parse($"{registry.Host}/{path}"), credentials, tlsVerify: false, TimeProvider.System, RegistryAccess.Everything);
}
