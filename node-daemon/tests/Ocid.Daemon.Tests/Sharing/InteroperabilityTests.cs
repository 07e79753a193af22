using System.Text.Json;
using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>
/// On one store, what each of four programs wrote each of the others uses: Debian 12's, all with all, and of newer ones those that are unpacked beside
/// the system, with ocid.
/// </summary>
public sealed class InteroperabilityTests(SharedImages images) : IClassFixture<SharedImages>
{
    private static readonly string[] s_programs = ["ocid", "podman", "buildah", "skopeo"];
    private static readonly string[] s_newer = ["podman of sid", "skopeo of trixie"];

    public static TheoryData<string, string> Listers => Pairs("list");

    public static TheoryData<string, string> Inspectors => Pairs("inspect");

    public static TheoryData<string, string> Mounters => Pairs("mount");

    public static TheoryData<string, string> Pushers => Pairs("push");

    public static TheoryData<string, string> Removers => Pairs("remove");

    [SkippableTheory]
    [MemberData(nameof(Listers))]
    public async Task What_one_program_wrote_another_lists(string writer, string reader)
    {
        var program = await images.ProgramAsync(reader);
        var (image, _) = await images.WrittenByAsync(writer);

        (await program.ListAsync()).Split('\n').Should().Contain($"{image.Name} {await IdAsync(image.Name)}");
    }

    [SkippableTheory]
    [MemberData(nameof(Inspectors))]
    public async Task What_one_program_wrote_another_inspects(string writer, string reader)
    {
        var program = await images.ProgramAsync(reader);
        var (image, _) = await images.WrittenByAsync(writer);

        (await program.InspectAsync(image.Name)).Should().Equal(DiffIds(await IdAsync(image.Name)));
    }

    [SkippableTheory]
    [MemberData(nameof(Mounters))]
    public async Task What_one_program_wrote_another_mounts(string writer, string reader)
    {
        var program = await images.ProgramAsync(reader);
        var (image, listing) = await images.WrittenByAsync(writer);
        var looked = false;

        await program.MountAsync(image.Name, async tree =>
        {
            foreach (var (path, content) in image.Tree)
                (Path.Exists(Path.Combine(tree, path)) ? await File.ReadAllTextAsync(Path.Combine(tree, path)) : null).Should().Be(content, path);
            (await SharedImages.ListingAsync(tree)).Should().Be(listing);
            looked = true;
        });

        looked.Should().BeTrue();
    }

    [SkippableTheory]
    [MemberData(nameof(Pushers))]
    public async Task What_one_program_wrote_another_pushes(string writer, string reader)
    {
        var program = await images.ProgramAsync(reader);
        var (image, _) = await images.WrittenByAsync(writer);
        // It has none of the blobs: they are all made of the store's files.
        await using var registry = await LocalRegistry.StartAsync();
        var destination = $"{registry.Host}/pushed:1";

        await program.PushAsync(image.Name, destination);

        // Whoever pulls compares each layer with its diff id.
        await using var elsewhere = new CommonStore();
        CommonStore.Want(await elsewhere.TryOcidAsync("pull", destination, "--tls-verify=false"));
        (await new OcidOnStore(elsewhere).ListAsync()).Should().Be($"{destination} {await IdAsync(image.Name)}");
    }

    [SkippableTheory]
    [MemberData(nameof(Removers))]
    public async Task What_one_program_wrote_another_removes(string writer, string reader)
    {
        var program = await images.ProgramAsync(reader);
        var image = await images.WriteAsync(await images.ProgramAsync(writer));
        var id = await IdAsync(image.Name);

        await program.RemoveAsync(image.Name);

        foreach (var other in s_programs.Where(other => StoreProgram.Has(other, "list")))
            (await (await images.ProgramAsync(other)).ListAsync()).Should().NotContain(id, $"{other} lists it");
        (await CommonStore.TrySkopeoAsync("inspect", images.Store.Stored(image.Name))).ExitCode.Should().NotBe(0);
        await images.Store.ShouldBeCleanAsync($"after {reader} removed what {writer} wrote: ");
        await images.Store.ShouldBeCleanForTheNewerPodmanAsync();
    }

    private static TheoryData<string, string> Pairs(string verb)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var (writer, reader) in s_programs.SelectMany(writer => s_programs.Select(reader => (writer, reader)))
            .Concat(s_newer.SelectMany(newer => new[] { (newer, "ocid"), ("ocid", newer) })).Where(pair => StoreProgram.Has(pair.Item2, verb)))
            pairs.Add(writer, reader);
        return pairs;
    }

    // As the store's own records have it: no program of the theory is asked.
    private async Task<string> IdAsync(string name)
    {
        var records = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(images.Store.Root, "overlay-images", "images.json")));
        return records.RootElement.EnumerateArray()
            .Single(record => record.TryGetProperty("names", out var names) && names.EnumerateArray().Any(one => one.GetString() == name)).GetProperty("id").GetString()!;
    }

    // Of the configuration, whose digest is the image's id.
    private IReadOnlyList<string> DiffIds(string id)
    {
        var configuration = Directory.GetFiles(Path.Combine(images.Store.Root, "overlay-images", id)).Select(File.ReadAllBytes)
            .Single(content => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)) == id);
        return [.. JsonDocument.Parse(configuration).RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(diffId => diffId.GetString()!)];
    }
}
