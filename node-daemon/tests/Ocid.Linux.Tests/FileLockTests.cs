namespace Ocid.Linux.Tests;

public sealed class FileLockTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void An_exclusive_lock_excludes_others_until_it_is_given_back()
    {
        using (FileLock.TryAcquire(_file, FileLockMode.Exclusive))
            FileLock.TryAcquire(_file, FileLockMode.Shared).Should().BeNull();

        using var free = FileLock.TryAcquire(_file, FileLockMode.Exclusive);
        free.Should().NotBeNull();
    }

    [Fact]
    public void Shared_locks_go_together_and_keep_an_exclusive_one_out()
    {
        using var one = FileLock.TryAcquire(_file, FileLockMode.Shared);
        using var two = FileLock.TryAcquire(_file, FileLockMode.Shared);

        two.Should().NotBeNull();
        FileLock.TryAcquire(_file, FileLockMode.Exclusive).Should().BeNull();
    }

    [Fact]
    public void Opening_and_closing_the_file_elsewhere_does_not_drop_the_lock()
    {
        using var held = FileLock.TryAcquire(_file, FileLockMode.Exclusive);
        File.ReadAllBytes(_file);

        FileLock.TryAcquire(_file, FileLockMode.Exclusive).Should().BeNull();
    }

    [Fact]
    public async Task A_waiter_gets_the_lock_when_it_is_free()
    {
        var held = FileLock.TryAcquire(_file, FileLockMode.Exclusive)!;
        var waiting = FileLock.AcquireAsync(_file, FileLockMode.Exclusive, CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();

        held.Dispose();

        using var acquired = await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        acquired.Path.Should().Be(_file);
    }

    [Fact]
    public async Task A_waiter_that_gave_up_does_not_keep_the_lock()
    {
        var held = FileLock.TryAcquire(_file, FileLockMode.Exclusive)!;
        using var impatient = new CancellationTokenSource();
        var waiting = FileLock.AcquireAsync(_file, FileLockMode.Exclusive, impatient.Token);
        await impatient.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();

        held.Dispose();

        using var next = await FileLock.AcquireAsync(_file, FileLockMode.Exclusive, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        next.Should().NotBeNull();
    }

    [Fact]
    public async Task Fifty_waiters_leave_the_pool_free()
    {
        var held = FileLock.TryAcquire(_file, FileLockMode.Exclusive)!;
        var waiting = Enumerable.Range(0, 50).Select(async _ => (await FileLock.AcquireAsync(_file, FileLockMode.Exclusive, CancellationToken.None)).Dispose()).ToList();

        await Task.Run(() => { }).WaitAsync(TimeSpan.FromSeconds(15));

        held.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_token_written_under_the_lock_is_read_under_the_next()
    {
        using (var held = FileLock.TryAcquire(_file, FileLockMode.Exclusive)!)
            held.Write("token"u8);

        using var next = FileLock.TryAcquire(_file, FileLockMode.Exclusive)!;
        next.Read(64).Should().Equal("token"u8.ToArray());
    }
}
