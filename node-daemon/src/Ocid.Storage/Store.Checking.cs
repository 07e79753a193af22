using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Checking;
using Ocid.Storage.Layers;
using Ocid.Storage.Records;

namespace Ocid.Storage;

public sealed partial class Store
{
    /// <summary>
    /// Looks for everything that is wrong: records that name what is not there, directories that are not as the driver needs them, content that is not
    /// what its digest says, counts of mounts of nothing, and what belongs to nobody. Records and directories are looked at with the locks held,
    /// content without. Nothing is changed.
    /// </summary>
    /// <param name="contents">Whether to read every file; without, only records and directories are looked at.</param>
    /// <param name="progress">Told how far the content is.</param>
    /// <param name="ct">Cancels, between layers and pieces of content.</param>
    public async Task<StoreReport> CheckAsync(bool contents, IProgress<StoreCheckProgress>? progress, CancellationToken ct)
    {
        var problems = new List<StoreProblem>();
        await WithFindingsAsync(findings => problems.AddRange(findings.Select(finding => finding.Problem)), ct);
        problems.AddRange(MountsOfNothing().Select(id => new StoreProblem(ProblemKind.Mount, $"layer {id}", "is counted as mounted, and is not in the store")));
        // What is gone was told already.
        var check = new ContentCheck(this, _images, progress, problems.Select(problem => problem.DamagedLayer).OfType<LayerId>().ToHashSet());
        if (contents)
            await check.RunAsync(ct);
        return new StoreReport([.. problems.Concat(check.Problems).Select(WithImages)], Images.Count, Layers.Count, Containers.Count, contents ? check.Unverified : Layers.Count, check.Bytes);
    }

    /// <summary>Puts right what needs nothing from elsewhere: removes what belongs to nobody, and makes short links and lists of lower layers again.</summary>
    /// <returns>What was put right.</returns>
    public async Task<IReadOnlyList<StoreProblem>> RepairAsync(CancellationToken ct)
    {
        var repaired = new List<StoreProblem>();
        await WithFindingsAsync(
            findings =>
            {
                foreach (var finding in findings.Where(finding => finding.Repair is not null))
                {
                    finding.Repair!();
                    if (finding.Problem.DamagedLayer is null)
                        repaired.Add(finding.Problem);
                }
            },
            ct);
        var gone = MountsOfNothing().ToList();
        if (gone.Count > 0)
            await _mounts.ForgetAsync(gone, ct);
        repaired.AddRange(gone.Select(id => new StoreProblem(ProblemKind.Mount, $"layer {id}", "was counted as mounted, and is not in the store")));
        _reserve.Fill();
        return repaired;
    }

    /// <summary>Puts freshly staged content in the place of a layer's damaged one. Containers that are mounted on it see it when they are mounted again.</summary>
    /// <param name="id">The layer.</param>
    /// <param name="layer">Its content, staged and verified.</param>
    /// <param name="ct">Cancels the wait for locks.</param>
    /// <exception cref="OcidException">NotFound: no such layer. InvalidArgument: the content is another layer's.</exception>
    public async Task ReplaceLayerAsync(LayerId id, CommittedLayer layer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer.Staged is not { } staged)
            throw new OcidException(ErrorKind.InvalidArgument, $"replace layer {id}: nothing is staged");
        if (_options.Durability != Durability.None)
            await OwnThread.RunAsync(() => FileSystems.Sync(_staging.TempDirs), ct);
        await using var discarded = Discard();
        using var held = await _layers.Set.LockAsync(ct);
        await OwnThread.RunAsync(
            () =>
            {
                var record = _layers.Load(held, discarded).Find(id.Value) ?? throw new OcidException(ErrorKind.NotFound, $"replace layer {id}: not in the store");
                if (record.Digest("diff-digest") != layer.DiffId)
                    throw new OcidException(ErrorKind.InvalidArgument, $"replace layer {id}: its content is {record.Text("diff-digest")}, not {layer.DiffId}");
                staged.UsedUp();
                _driver.Replace(id, LayerJson.Read(record)!.Parent, staged.DiffPath, discarded);
                _layers.PlaceTarSplit(staged.TarSplitPath, id);
            },
            CancellationToken.None);
    }

    private async Task WithFindingsAsync(Action<IReadOnlyList<Finding>> look, CancellationToken ct)
    {
        await using var discarded = Discard();
        using var layers = await _layers.Set.LockAsync(ct);
        using var images = await _images.Set.LockAsync(ct);
        using var containers = await _containers.Set.LockAsync(ct);
        await OwnThread.RunAsync(
            () =>
            {
                var records = new CheckedRecords(
                    _layers.Set.Load(layers), _images.Set.Load(images), _containers.Set.Load(containers), id => _layers.Set.FindReadOnly(id) is { Incomplete: false });
                look([.. new RecordCheck(records).Run(), .. new DirectoryCheck(_paths, _driver, _layers, records, discarded).Run()]);
            },
            CancellationToken.None);
    }

    private StoreProblem WithImages(StoreProblem problem)
    {
        if (problem.DamagedImage is null && problem.DamagedLayer is null)
            return problem;
        var images = Images.Where(image => image.Id == problem.DamagedImage || (problem.DamagedLayer is { } layer && Chain(image.TopLayer).Contains(layer)));
        return problem with { Images = [.. images.Select(image => image.Names is [var name, ..] ? name : image.Id)] };
    }

    private IEnumerable<string> MountsOfNothing()
    {
        var counts = _mounts.Counts;
        return counts.Keys.Where(id => _layers.Set.Now.Find(id) is null);
    }
}
