using System.Net.Sockets;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Serving;

public sealed class SocketTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task The_socket_and_its_directory_are_for_their_owner_alone()
    {
        await using var server = await RunningServer.StartAsync();

        File.GetUnixFileMode(server.SocketPath).Should().Be(OwnerOnly);
        File.GetUnixFileMode(Path.GetDirectoryName(server.SocketPath)!).Should().Be(OwnerOnly | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_stale_socket_is_replaced()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "ocid.sock");
        LeaveStaleSocket(path);

        await using var server = await RunningServer.StartAsync(adjust: options => options with { SocketPath = path });

        (await server.Runtime.VersionAsync(new VersionRequest())).RuntimeName.Should().Be("ocid");
    }

    [Fact]
    public async Task A_second_daemon_is_refused_and_the_first_goes_on()
    {
        await using var first = await RunningServer.StartAsync();

        var second = () => RunningServer.StartAsync(adjust: options => options with { SocketPath = first.SocketPath });

        (await second.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
        (await first.Runtime.VersionAsync(new VersionRequest())).RuntimeName.Should().Be("ocid");
    }

    [Fact]
    public async Task The_socket_of_another_runtime_is_left_alone()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "other.sock");
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(path));
        other.Listen();

        var start = () => RunningServer.StartAsync(adjust: options => options with { SocketPath = path });

        (await start.Should().ThrowAsync<OcidException>()).WithMessage("*another process answers there*");
        File.Exists(path).Should().BeTrue();
    }

    [Fact]
    public async Task A_stopped_server_leaves_no_socket_and_its_path_serves_again()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "ocid.sock");
        await using (await RunningServer.StartAsync(adjust: options => options with { SocketPath = path }))
        {
        }

        File.Exists(path).Should().BeFalse();
        await using var again = await RunningServer.StartAsync(adjust: options => options with { SocketPath = path });
        (await again.Runtime.VersionAsync(new VersionRequest())).RuntimeName.Should().Be("ocid");
    }

    [Fact]
    public async Task A_call_that_hangs_while_the_server_stops_is_cut_off()
    {
        var calls = new CriCalls().Add(new AnsweredBy<StopContainerRequest, StopContainerResponse>(async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new StopContainerResponse();
        }));
        var server = await RunningServer.StartAsync(calls);
        var call = server.Runtime.StopContainerAsync(new StopContainerRequest()).ResponseAsync;
        await server.Runtime.VersionAsync(new VersionRequest());

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

        await call.Awaiting(task => task).Should().ThrowAsync<RpcException>();
    }

    private static void LeaveStaleSocket(string path)
    {
        // A bound socket whose process is gone: .NET unlinks on Dispose what it bound by this name, so it is bound by another.
        var other = path + ".bound";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(other));
            File.Move(other, path);
        }

        File.Exists(path).Should().BeTrue();
    }
}
