using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>One store with an image of each program in it, made when one is first asked for.</summary>
public sealed class SharedImages : IAsyncLifetime
{
    private readonly Dictionary<string, (WrittenImage Image, string Listing)> _written = [];
    private CommonStore? _store;
    private LocalRegistry? _registry;

    internal CommonStore Store => _store!;

    internal LocalRegistry Registry => _registry!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_registry is not null)
            await _registry.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
    }

    /// <summary>A program on the store; the test skips where the machine lacks it.</summary>
    internal async Task<StoreProgram> ProgramAsync(string name)
    {
        _store ??= new CommonStore();
        _registry ??= await LocalRegistry.StartAsync();
        if (name.Split(" of ") is [var program, var suite])
            Skip.If(NewerDebian.Find(program, suite) is null, $"needs {name}: scripts/newer-debian-programs {suite} {program}");
        return StoreProgram.Of(name, _store);
    }

    /// <summary>The image that a program wrote, and its tree as a program that is none of them unpacks it.</summary>
    internal async Task<(WrittenImage Image, string Listing)> WrittenByAsync(string writer)
    {
        var program = await ProgramAsync(writer);
        if (!_written.TryGetValue(writer, out var written))
        {
            var image = await WriteAsync(program);
            _written[writer] = written = (image, await UnpackedAsync(image.Name));
        }

        return written;
    }

    /// <summary>Lets a program write an image like no other.</summary>
    internal async Task<WrittenImage> WriteAsync(StoreProgram writer) => await writer.WriteAsync(await SourceImage.PushAsync(Registry, Store.Folder));

    /// <summary>What there is to compare of a tree.</summary>
    internal static async Task<string> ListingAsync(string tree)
    {
        var lines = await Tool.RunAsync("find", tree, "-mindepth", "1", "-type", "d", "-printf", "%P d %m %U %G\\n", "-o", "-printf", "%P %y %m %U %G %s %n %T@ %l\\n");
        return string.Join('\n', lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private async Task<string> UnpackedAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Store.Folder, $"unpacked-{Guid.NewGuid():n}")).FullName;
        CommonStore.Want(await CommonStore.TrySkopeoAsync("copy", "--quiet", Store.Stored(name), $"oci:{folder}/layout:latest"));
        await Tool.RunAsync("umoci", "unpack", "--image", $"{folder}/layout:latest", $"{folder}/bundle");
        return await ListingAsync($"{folder}/bundle/rootfs");
    }
}
