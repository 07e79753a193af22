using Ocid.Bench;

// One run of every contestant after the other, and that several times, so that what else the machine does meets all of them.
if (args is [ListBench.Once, var folder])
{
    await ListBench.MeasureAsync(folder);
    return 0;
}

var rounds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 5;
switch (args.FirstOrDefault())
{
    case "pull":
        await PullBench.RunAsync(rounds);
        return 0;
    case "extract":
        await ExtractBench.RunAsync(rounds);
        return 0;
    case "list":
        await ListBench.RunAsync(rounds);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: Ocid.Bench pull|extract|list [ROUNDS]

              pull     an image of five gzip layers from a registry on loopback into a fresh store on a fresh ext4,
                       by ocid, by podman and by containerd ($OCID_BENCH_CONTAINERD: folders with usr/bin/containerd, by colons)
              extract  an archive of 500 MB onto a fresh ext4, by ocid and by tar
              list     1,000 images and 5,000 layers, from opening the store to their lists: the first time in a process, and after
            """);
        return 2;
}
