using Ocid.Primitives;

namespace Ocid.Networking.Tests;

public sealed class DetachRetriesTests
{
    [Theory]
    [InlineData(-365)]
    [InlineData(365)]
    public async Task A_clock_that_jumps_neither_holds_up_nor_hurries_what_is_tried_again(int days)
    {
        var time = new JumpingClock();
        var tries = 0;
        var done = new TaskCompletionSource();
        await using var retries = new DetachRetries(
            (_, _) =>
            {
                time.Jump(TimeSpan.FromDays(days));
                if (++tries < 3)
                    return Task.FromResult(false);
                done.TrySetResult();
                return Task.FromResult(true);
            },
            TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), time);
        retries.Start();
        var begun = TimeProvider.System.GetTimestamp();

        retries.Enqueue(PodSandboxId.New());

        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        TimeProvider.System.GetElapsedTime(begun).Should().BeGreaterThan(TimeSpan.FromMilliseconds(300), "50, 100 and 200 ms of pauses");
    }

    private sealed class JumpingClock : TimeProvider
    {
        private TimeSpan _offset;

        public void Jump(TimeSpan by) => _offset += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _offset;
    }
}
