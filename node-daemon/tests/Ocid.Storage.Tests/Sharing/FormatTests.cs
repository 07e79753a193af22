using System.Text.Json.Nodes;
using Ocid.Primitives;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

/// <summary>What other programs, and later versions of them, write into the records.</summary>
public sealed class FormatTests
{
    private static readonly byte[] s_lower = Tar.Of(Tar.File("lower"));
    private static readonly byte[] s_upper = Tar.Of(Tar.File("upper"));

    [SkippableFact]
    public async Task Members_of_every_kind_of_record_survive_our_rewriting()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = ImageId.Parse((await SharedStore.CommitAsync(store, "localhost/kept:1", s_lower)).Id);
        await store.CreateContainerAsync(new ContainerCreation { Id = ContainerId.New(), ImageId = image }, SharedStore.Soon);
        var before = new Dictionary<string, JsonObject>();
        foreach (var kind in new[] { "layers", "images", "containers" })
        {
            var records = Read(shared, kind);
            var record = records[0]!.AsObject();
            record["future"] = new JsonObject { ["deep"] = new JsonArray(1, "x"), ["big"] = 9007199254740993 };
            (record["uidmap"], record["gidmap"]) = (Map(), Map());
            if (kind == "images")
                (record["read-only"], record["names-history"]) = (true, new JsonArray("localhost/old:1"));
            else
                (record["flags"] ??= new JsonObject())["future"] = "a flag";
            if (kind == "layers")
                (record["mountlabel"], record["toc-digest"]) = ("system_u:object_r:container_file_t:s0", Digest.Sha256("toc"u8).ToString());
            before[kind] = record.DeepClone().AsObject();
            Write(shared, kind, records);
        }

        var other = await SharedStore.CommitAsync(store, "localhost/other:1", s_lower, s_upper);
        var container = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = container, ImageId = ImageId.Parse(other.Id) }, SharedStore.Soon);
        await store.DeleteContainerAsync(container, SharedStore.Soon);
        await store.DeleteImageAsync(ImageId.Parse(other.Id), SharedStore.Soon);

        foreach (var (kind, record) in before)
            JsonNode.DeepEquals(Read(shared, kind)[0], record).Should().BeTrue($"{kind}: {Read(shared, kind)[0]}");
        (await shared.PodmanImagesAsync()).Should().Equal(image.Value);
    }

    [SkippableTheory]
    [InlineData("root")]
    [InlineData("run")]
    public async Task Containers_of_the_volatile_files_count_and_are_removed_from_them(string where)
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = ImageId.Parse((await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower)).Id);
        var id = ContainerId.New();
        await store.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image, Names = ["passing"] }, SharedStore.Soon);
        var file = Path.Combine(where == "root" ? shared.Root : shared.RunRoot, "overlay-containers", "volatile-containers.json");
        File.Move(RecordsFile(shared, "containers"), file);

        store.Containers.Should().ContainSingle().Which.Names.Should().Equal("passing");
        (await FluentActions.Awaiting(() => store.DeleteImageAsync(image, SharedStore.Soon)).Should().ThrowAsync<OcidException>()).WithMessage($"*container {id} (passing) uses it");
        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
        await store.DeleteContainerAsync(id, SharedStore.Soon);

        JsonNode.Parse(File.ReadAllText(file))!.AsArray().Should().BeEmpty();
        store.Layers.Should().ContainSingle();
    }

    [SkippableFact]
    public async Task A_copy_of_the_topmost_layer_with_other_owners_goes_with_its_image()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", s_lower);
        var mapped = LayerId.New();
        var layers = Read(shared, "layers");
        var copy = layers[0]!.DeepClone().AsObject();
        (copy["id"], copy["uidmap"], copy["gidmap"]) = (mapped.Value, Map(), Map());
        layers.Add((JsonNode)copy);
        Write(shared, "layers", layers);
        var images = Read(shared, "images");
        images[0]!["mapped-layers"] = new JsonArray(mapped.Value);
        Write(shared, "images", images);
        Directory.CreateDirectory(Path.Combine(shared.Root, "overlay", mapped.Value, "diff"));

        store.FindImage(ImageId.Parse(image.Id))!.MappedTopLayers.Should().Equal(mapped);
        await store.DeleteImageAsync(ImageId.Parse(image.Id), SharedStore.Soon);

        store.Layers.Should().BeEmpty();
        Directory.Exists(Path.Combine(shared.Root, "overlay", mapped.Value)).Should().BeFalse();
    }

    private static JsonArray Map() => new(new JsonObject { ["container_id"] = 0, ["host_id"] = 100000, ["size"] = 65536 });

    private static JsonArray Read(SharedStore shared, string kind) => JsonNode.Parse(File.ReadAllText(RecordsFile(shared, kind)))!.AsArray();

    // As every program does: a new file in the place of the old.
    private static void Write(SharedStore shared, string kind, JsonArray records)
    {
        File.WriteAllText(RecordsFile(shared, kind) + ".new", records.ToJsonString());
        File.Move(RecordsFile(shared, kind) + ".new", RecordsFile(shared, kind), overwrite: true);
    }

    private static string RecordsFile(SharedStore shared, string kind) => Path.Combine(shared.Root, $"overlay-{kind}", $"{kind}.json");
}
