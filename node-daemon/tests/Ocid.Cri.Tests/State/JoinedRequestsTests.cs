using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.State;

public sealed class JoinedRequestsTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_second_request_of_a_key_joins_the_first()
    {
        await using var requests = new JoinedRequests<string, int>(Enough, TimeProvider.System);
        var release = new TaskCompletionSource();
        var runs = 0;
        async Task<int> Work(Stage stage, CancellationToken ct)
        {
            await release.Task;
            return Interlocked.Increment(ref runs);
        }

        var first = requests.RunAsync("k", "work", Work, default);
        var second = requests.RunAsync("k", "work", Work, default);
        release.SetResult();

        (await first.WaitAsync(Enough)).Should().Be(1);
        (await second.WaitAsync(Enough)).Should().Be(1);
    }

    [Fact]
    public async Task Who_stops_waiting_learns_the_stage_and_the_next_request_gets_the_result()
    {
        await using var requests = new JoinedRequests<string, int>(Enough, TimeProvider.System);
        var release = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var runs = 0;
        var first = requests.RunAsync("k", "run pod", async (stage, _) =>
        {
            stage.Begin("network");
            await impatient.CancelAsync();
            await release.Task;
            return Interlocked.Increment(ref runs);
        }, impatient.Token);

        var refused = (await FluentActions.Awaiting(() => first).Should().ThrowAsync<OcidException>()).Which;
        refused.Kind.Should().Be(ErrorKind.DeadlineExceeded);
        refused.Message.Should().Contain("run pod").And.Contain("network");

        release.SetResult();
        (await requests.RunAsync("k", "run pod", (_, _) => Task.FromResult(99), default).WaitAsync(Enough)).Should().Be(1);
        (await requests.RunAsync("k", "run pod", (_, _) => Task.FromResult(99), default).WaitAsync(Enough)).Should().Be(99, "a fetched result is not given out twice");
    }

    [Fact]
    public async Task A_failure_is_not_kept_for_the_next_request()
    {
        await using var requests = new JoinedRequests<string, int>(Enough, TimeProvider.System);
        await FluentActions.Awaiting(() => requests.RunAsync("k", "w", (_, _) => throw new OcidException(ErrorKind.Unavailable, "no"), default))
            .Should().ThrowAsync<OcidException>().WithMessage("no");

        (await requests.RunAsync("k", "w", (_, _) => Task.FromResult(2), default)).Should().Be(2);
    }

    [Fact]
    public async Task Work_that_outlives_its_limit_is_cancelled_and_named()
    {
        await using var requests = new JoinedRequests<string, int>(TimeSpan.FromSeconds(1), TimeProvider.System);
        var endless = () => requests.RunAsync("k", "create c", async (stage, ct) =>
        {
            stage.Begin("runtime create");
            await Task.Delay(Timeout.Infinite, ct);
            return 0;
        }, default);

        (await endless.Should().ThrowAsync<OcidException>()).Which.Message.Should().Contain("runtime create");
    }
}
