using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Ocid.Cri.V1;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Serving;

public sealed class CriServerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Version_names_the_runtime()
    {
        await using var server = await RunningServer.StartAsync();

        var version = await server.Runtime.VersionAsync(new VersionRequest());

        version.RuntimeName.Should().Be("ocid");
        version.Version.Should().Be("0.1.0");
        version.RuntimeVersion.Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }

    [Fact]
    public async Task A_call_that_nobody_implements_is_unimplemented()
    {
        await using var server = await RunningServer.StartAsync();

        var failure = await Failure(server.Runtime.RunPodSandboxAsync(new RunPodSandboxRequest()).ResponseAsync);

        failure.StatusCode.Should().Be(StatusCode.Unimplemented);
    }

    [Theory]
    [InlineData(ErrorKind.NotFound, StatusCode.NotFound)]
    [InlineData(ErrorKind.InvalidArgument, StatusCode.InvalidArgument)]
    [InlineData(ErrorKind.FailedPrecondition, StatusCode.FailedPrecondition)]
    [InlineData(ErrorKind.DeadlineExceeded, StatusCode.DeadlineExceeded)]
    [InlineData(ErrorKind.Unavailable, StatusCode.Unavailable)]
    public async Task A_known_failure_has_the_status_of_its_kind_and_is_logged_once_without_alarm(ErrorKind kind, StatusCode code)
    {
        await using var server = await RunningServer.StartAsync(Stop(_ => throw new OcidException(kind, "stop 42: no")));

        var failure = await Failure(server.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = "42" }).ResponseAsync);

        failure.Status.Should().BeEquivalentTo(new { StatusCode = code, Detail = "stop 42: no" });
        server.Logs.All.Should().ContainSingle(line => line.Level == LogLevel.Information && line.Text.StartsWith("StopContainer 42 failed"));
        server.Logs.All.Should().NotContain(line => line.Level > LogLevel.Information);
    }

    [Theory]
    [InlineData("RegistryUnavailable: quay.io: no route", ErrorKind.Unavailable)]
    [InlineData("SignatureValidationFailed: image a: reject", ErrorKind.PermissionDenied)]
    public async Task Words_that_the_kubelet_knows_go_out_without_a_code_before_them(string message, ErrorKind kind)
    {
        await using var server = await RunningServer.StartAsync(Stop(_ => throw new OcidException(kind, message)));

        var failure = await Failure(server.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = "42" }).ResponseAsync);

        failure.Status.Should().BeEquivalentTo(new { StatusCode = StatusCode.Unknown, Detail = message });
    }

    [Fact]
    public async Task An_unexpected_failure_is_internal_and_logged_with_its_stack()
    {
        await using var server = await RunningServer.StartAsync(Stop(_ => throw new InvalidOperationException("a bug")));

        var failure = await Failure(server.Runtime.StopContainerAsync(new StopContainerRequest()).ResponseAsync);

        failure.Status.Should().BeEquivalentTo(new { StatusCode = StatusCode.Internal, Detail = "a bug" });
        server.Logs.All.Should().ContainSingle(line => line.Level == LogLevel.Error && line.Failure is InvalidOperationException);
    }

    [Fact]
    public async Task A_caller_that_gives_up_cancels_the_call()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var server = await RunningServer.StartAsync(Stop(async ct =>
        {
            await using var seen = ct.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }));
        using var caller = new CancellationTokenSource();
        var call = server.Runtime.StopContainerAsync(new StopContainerRequest(), cancellationToken: caller.Token).ResponseAsync;
        await started.Task.WaitAsync(Limit);

        await caller.CancelAsync();

        (await Failure(call)).StatusCode.Should().Be(StatusCode.Cancelled);
        await cancelled.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_deadline_that_passes_is_logged_as_such()
    {
        await using var server = await RunningServer.StartAsync(Stop(ct => Task.Delay(Timeout.Infinite, ct)));

        var failure = await Failure(server.Runtime.StopContainerAsync(
            new StopContainerRequest(), deadline: DateTime.UtcNow.AddMilliseconds(200)).ResponseAsync);

        failure.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task Two_hundred_hanging_calls_do_not_hold_up_a_probe_on_the_same_connection()
    {
        var released = new TaskCompletionSource();
        var running = new CountdownEvent(200);
        await using var server = await RunningServer.StartAsync(Stop(_ =>
        {
            running.Signal();
            return released.Task;
        }));
        var hanging = Enumerable.Range(0, 200)
            .Select(_ => server.Runtime.StopContainerAsync(new StopContainerRequest()).ResponseAsync).ToArray();
        await Task.Run(() => running.Wait(Limit).Should().BeTrue());

        await server.Runtime.VersionAsync(new VersionRequest()).ResponseAsync.WaitAsync(Limit);

        released.SetResult();
        await Task.WhenAll(hanging).WaitAsync(Limit);
    }

    [Fact]
    public async Task Messages_of_15_MiB_pass_in_both_directions()
    {
        var calls = new CriCalls().Add(new AnsweredBy<ExecSyncRequest, ExecSyncResponse>((request, _) =>
            Task.FromResult(new ExecSyncResponse { Stdout = ByteString.CopyFromUtf8(request.Cmd[0]) })));
        await using var server = await RunningServer.StartAsync(calls);
        var text = new string('x', 15 * 1024 * 1024);

        var answer = await server.Runtime.ExecSyncAsync(new ExecSyncRequest { Cmd = { text } }).ResponseAsync.WaitAsync(Limit);

        answer.Stdout.Length.Should().Be(text.Length);
    }

    [Fact]
    public async Task A_stream_sends_each_message_once_and_ends()
    {
        var calls = new CriCalls().Add(new StreamedBy<StreamContainersRequest, StreamContainersResponse>((_, _) => Batches()));
        await using var server = await RunningServer.StartAsync(calls);

        using var call = server.Runtime.StreamContainers(new StreamContainersRequest());
        var ids = new List<string>();
        await foreach (var batch in call.ResponseStream.ReadAllAsync())
            ids.AddRange(batch.Containers.Select(container => container.Id));

        ids.Should().Equal("a", "b");

        static async IAsyncEnumerable<StreamContainersResponse> Batches()
        {
            yield return new StreamContainersResponse { Containers = { new Container { Id = "a" } } };
            await Task.Yield();
            yield return new StreamContainersResponse { Containers = { new Container { Id = "b" } } };
        }
    }

    [Fact]
    public async Task Polls_that_succeed_are_logged_for_debugging_only()
    {
        await using var server = await RunningServer.StartAsync();

        await server.Runtime.VersionAsync(new VersionRequest());

        server.Logs.All.Should().Contain(line => line.Level == LogLevel.Debug && line.Text.StartsWith("Version"));
        server.Logs.All.Should().NotContain(line => line.Level >= LogLevel.Information);
    }

    private static CriCalls Stop(Func<CancellationToken, Task> answer) =>
        new CriCalls().Add(new AnsweredBy<StopContainerRequest, StopContainerResponse>(async (_, ct) =>
        {
            await answer(ct);
            return new StopContainerResponse();
        }));

    private static async Task<RpcException> Failure(Task call) =>
        (await call.Awaiting(task => task.WaitAsync(Limit)).Should().ThrowAsync<RpcException>()).Which;
}
