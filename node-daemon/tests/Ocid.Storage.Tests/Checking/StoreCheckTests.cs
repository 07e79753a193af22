using Ocid.Primitives;
using Ocid.Storage.Checking;
using Ocid.Storage.Tests.Sharing;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Checking;

public sealed class StoreCheckTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly byte[] s_lower = Tar.Of(Tar.Directory("etc/"), Tar.File("etc/hello", "one"));
    private static readonly byte[] s_upper = Tar.Of(Tar.File("new", "two"));

    private readonly SharedStore _shared = new();
    private readonly List<StoreCheckProgress> _progress = [];
    private Store? _opened;
    private ImageRecord _image = null!;

    public async Task InitializeAsync()
    {
        if (Environment.UserName != "root")
            return;
        _opened = await _shared.OpenAsync();
        _image = await SharedStore.CommitAsync(Opened, "localhost/ours:1", s_lower, s_upper);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _opened, null) is { } store)
            await store.DisposeAsync();
        await _shared.DisposeAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [SkippableFact]
    public async Task A_store_that_ocid_podman_and_containers_share_is_clean()
    {
        SharedStore.SkipUnlessPossible();
        await _shared.ImportAsync("localhost/theirs:1", Tar.File("theirs"));
        var id = ContainerId.New();
        await Opened.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = ImageId.Parse(_image.Id), Names = ["name"] }, SharedStore.Soon);
        File.WriteAllText(Path.Combine(await Opened.MountAsync(id, SharedStore.Soon), "written"), "by the container");
        await _shared.PodmanAsync("image", "mount", "localhost/theirs:1");

        var report = await CheckAsync();

        report.Problems.Should().BeEmpty();
        (report.Images, report.Layers, report.Containers, report.Unverified).Should().Be((2, 4, 1, 1));
        report.Bytes.Should().Be(Opened.Layers.Sum(layer => layer.UncompressedSize));
        _progress[^1].Should().Be(new StoreCheckProgress(3, 3, report.Bytes, report.Bytes));
        (await Opened.RepairAsync(SharedStore.Soon)).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("a directory without a record", ProblemKind.Garbage, "*a directory without a record*")]
    [InlineData("a link to nothing", ProblemKind.Garbage, "*l/ABCDEFGHIJKLMNOPQRSTUVWXYZ a short link to no layer*")]
    [InlineData("data of no image", ProblemKind.Garbage, "*overlay-images/none data of one of the images*")]
    [InlineData("a tar-split record of nothing", ProblemKind.Garbage, "*data of a layer that is not recorded*")]
    [InlineData("a half written file", ProblemKind.Garbage, "*half written*")]
    [InlineData("no link file", ProblemKind.Directory, "*short link (link) is gone*")]
    [InlineData("no short link", ProblemKind.Directory, "*does not lead to it*")]
    [InlineData("another list of lower layers", ProblemKind.Directory, "*lower) is not that of its parent*")]
    [InlineData("a count of a mount of nothing", ProblemKind.Mount, "*is counted as mounted*")]
    public async Task What_needs_nothing_from_elsewhere_is_found_and_put_right(string damage, ProblemKind kind, string expected)
    {
        SharedStore.SkipUnlessPossible();
        Damage(damage);

        var problem = (await CheckAsync()).Problems.Should().ContainSingle().Subject;

        problem.Kind.Should().Be(kind);
        $"{problem.Subject} {problem.Detail}".Should().Match(expected);
        (await Opened.RepairAsync(SharedStore.Soon)).Should().ContainSingle();
        (await CheckAsync()).Problems.Should().BeEmpty();
        (await _shared.PodmanAsync("image", "mount", "localhost/ours:1")).Trim().Should().NotBeEmpty();
    }

    [SkippableTheory]
    [InlineData("a changed file", "/new: *")]
    [InlineData("a file too many", "/extra: *")]
    [InlineData("a lost file", "/new: *")]
    [InlineData("a damaged tar-split record", "*")]
    public async Task A_damaged_layer_is_named_and_its_content_can_be_put_in_its_place(string damage, string detail)
    {
        SharedStore.SkipUnlessPossible();
        Damage(damage);
        var problems = (await CheckAsync()).Problems;
        problems.Should().AllSatisfy(problem => (problem.Kind, problem.DamagedLayer, string.Join(' ', problem.Images)).Should().Be((ProblemKind.Content, _image.TopLayer, "localhost/ours:1")));
        problems.Should().NotBeEmpty();
        problems[0].Detail.Should().Match(detail);

        var fresh = await SharedStore.StageAsync(Opened, "localhost/ours:1", s_lower, s_upper);
        await Opened.ReplaceLayerAsync(_image.TopLayer!, fresh.Layers[1], SharedStore.Soon);
        foreach (var layer in fresh.Layers)
            await layer.Staged!.DisposeAsync();

        (await CheckAsync()).Problems.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_layer_whose_directory_is_gone_is_named_once_with_its_images()
    {
        SharedStore.SkipUnlessPossible();
        Damage("a lost directory");

        (await CheckAsync()).Problems.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new StoreProblem(ProblemKind.Directory, $"layer {_image.TopLayer}", "its directory is gone") { DamagedLayer = _image.TopLayer, Images = ["localhost/ours:1"] });
    }

    [SkippableFact]
    public async Task Another_layers_content_is_not_put_in_its_place()
    {
        SharedStore.SkipUnlessPossible();
        var fresh = await SharedStore.StageAsync(Opened, "localhost/ours:1", s_lower);

        var replace = () => Opened.ReplaceLayerAsync(_image.TopLayer!, fresh.Layers[0], SharedStore.Soon);

        (await replace.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.InvalidArgument);
        await fresh.Layers[0].Staged!.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData("a lost layer record", ProblemKind.Record)]
    [InlineData("a changed manifest", ProblemKind.Content)]
    [InlineData("a lost manifest", ProblemKind.Content)]
    public async Task An_image_that_must_be_pulled_again_is_named(string damage, ProblemKind kind)
    {
        SharedStore.SkipUnlessPossible();
        Damage(damage);

        (await CheckAsync()).Problems.Should().Contain(problem => problem.Kind == kind && problem.DamagedImage == _image.Id);
    }

    private Store Opened => _opened!;

    private Task<StoreReport> CheckAsync()
    {
        _progress.Clear();
        return Opened.CheckAsync(contents: true, new Told(_progress), SharedStore.Soon);
    }

    private void Damage(string damage)
    {
        var overlay = Path.Combine(_shared.Root, "overlay");
        var layer = Path.Combine(overlay, _image.TopLayer!.Value);
        var manifest = Path.Combine(_shared.Root, "overlay-images", _image.Id, "manifest");
        switch (damage)
        {
            case "a directory without a record": Directory.CreateDirectory(Path.Combine(overlay, LayerId.New().Value, "diff")); break;
            case "a link to nothing": File.CreateSymbolicLink(Path.Combine(overlay, "l", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "../none/diff"); break;
            case "data of no image": Directory.CreateDirectory(Path.Combine(_shared.Root, "overlay-images", "none")); break;
            case "a tar-split record of nothing": File.WriteAllText(Path.Combine(_shared.Root, "overlay-layers", $"{LayerId.New()}.tar-split.gz"), ""); break;
            case "a half written file": File.WriteAllText(Path.Combine(_shared.Root, "overlay-layers", ".tmp-layers.json-1"), ""); break;
            case "no link file": DeleteLink(layer, overlay); File.Delete(Path.Combine(layer, "link")); break;
            case "no short link": DeleteLink(layer, overlay); break;
            case "another list of lower layers": File.WriteAllText(Path.Combine(layer, "lower"), "l/ABCDEFGHIJKLMNOPQRSTUVWXYZ"); break;
            case "a count of a mount of nothing":
                File.WriteAllText(Path.Combine(_shared.RunRoot, "overlay-layers", "mountpoints.json"), $$"""[{"id":"{{LayerId.New()}}","path":"/x","count":1}]""");
                break;
            case "a lost directory": DeleteLink(layer, overlay); Directory.Delete(layer, recursive: true); break;
            case "a changed file": File.WriteAllText(Path.Combine(layer, "diff", "new"), "owt"); break;
            case "a file too many": File.WriteAllText(Path.Combine(layer, "diff", "extra"), ""); break;
            case "a lost file": File.Delete(Path.Combine(layer, "diff", "new")); break;
            case "a damaged tar-split record": File.WriteAllText(Path.Combine(_shared.Root, "overlay-layers", $"{_image.TopLayer}.tar-split.gz"), "nonsense"); break;
            case "a lost layer record": File.WriteAllText(Path.Combine(_shared.Root, "overlay-layers", "layers.json"), "[]"); break;
            case "a changed manifest": File.AppendAllText(manifest, " "); break;
            case "a lost manifest": File.Delete(manifest); break;
            default: throw new ArgumentOutOfRangeException(nameof(damage), damage, "no such damage");
        }
    }

    private static void DeleteLink(string layer, string overlay) => File.Delete(Path.Combine(overlay, "l", File.ReadAllText(Path.Combine(layer, "link"))));

    private sealed class Told(List<StoreCheckProgress> progress) : IProgress<StoreCheckProgress>
    {
        public void Report(StoreCheckProgress value) => progress.Add(value);
    }
}
