namespace Ocid.Linux.Tests;

public sealed class DirectoryChangesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-follow-").FullName;
    private readonly SemaphoreSlim _told = new(0);

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        _told.Dispose();
    }

    [Fact]
    public async Task A_written_file_is_told()
    {
        using var changes = DirectoryChanges.Follow([_root], () => _told.Release());
        await File.WriteAllTextAsync(Path.Combine(_root, "a"), "x");
        await ToldAsync();
    }

    [Fact]
    public async Task A_directory_that_appears_later_is_followed_and_again_after_it_was_removed()
    {
        var later = Path.Combine(_root, "etc", "net.d");
        using var changes = DirectoryChanges.Follow([later], () => _told.Release());
        for (var round = 0; round < 2; round++)
        {
            Directory.CreateDirectory(later);
            await ToldAsync();
            await SettleAsync();
            await File.WriteAllTextAsync(Path.Combine(later, "a"), "x");
            await ToldAsync();
            Directory.Delete(Path.Combine(_root, "etc"), recursive: true);
            await ToldAsync();
            await SettleAsync();
        }
    }

    private async Task ToldAsync() => (await _told.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue("a change happened");

    private async Task SettleAsync()
    {
        while (await _told.WaitAsync(TimeSpan.FromMilliseconds(100)))
        {
        }
    }
}
