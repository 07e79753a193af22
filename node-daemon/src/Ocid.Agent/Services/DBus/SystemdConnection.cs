using System.Net.Sockets;
using System.Text;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Agent.Services.DBus;

/// <summary>A connection to systemd's private socket, where root talks to it without a bus daemon. One at a time uses it.</summary>
internal sealed class SystemdConnection : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly HashSet<(string Job, string Result)> _ended = [];
    private uint _serial;

    private SystemdConnection(NetworkStream stream) => _stream = stream;

    /// <exception cref="OcidException">Unavailable: nobody listens there, or it does not know us.</exception>
    public static async Task<SystemdConnection> OpenAsync(string socket, CancellationToken ct)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct).ConfigureAwait(false);
            var opened = new SystemdConnection(new NetworkStream(connection, ownsSocket: true));
            await opened.AuthenticateAsync(ct).ConfigureAwait(false);
            return opened;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            connection.Dispose();
            throw new OcidException(ErrorKind.Unavailable, $"systemd at {socket}: {failure.Message}", failure);
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Calls a method and returns its answer.</summary>
    /// <exception cref="OcidException">FailedPrecondition: systemd refuses; NotFound: there is no such unit.</exception>
    public async Task<BusMessage> CallAsync(string member, string signature, byte[] body, CancellationToken ct)
    {
        var serial = ++_serial;
        await _stream.WriteAsync(BusMessage.Call(serial, member, signature, body), ct).ConfigureAwait(false);
        BusMessage answer;
        while ((answer = await ReadAsync(ct).ConfigureAwait(false)).ReplyTo != serial)
            Note(answer);
        if (answer.Kind == BusMessageKind.Error)
            throw new OcidException(answer.ErrorName.EndsWith(".NoSuchUnit", StringComparison.Ordinal) ? ErrorKind.NotFound : ErrorKind.FailedPrecondition, $"systemd: {member}: {answer.ErrorText}");
        return answer;
    }

    /// <summary>Calls a method that queues a job, and waits for the job's end.</summary>
    /// <returns>Its result; <c>done</c> is success.</returns>
    public async Task<string> RunJobAsync(string member, string signature, byte[] body, CancellationToken ct)
    {
        var answer = await CallAsync(member, signature, body, ct).ConfigureAwait(false);
        var job = new BusReader(answer.Body).Text();
        while (_ended.All(ended => ended.Job != job))
            Note(await ReadAsync(ct).ConfigureAwait(false));
        return _ended.First(ended => ended.Job == job).Result;
    }

    private void Note(BusMessage message)
    {
        if (message is not { Kind: BusMessageKind.Signal, Member: "JobRemoved" })
            return;
        var reader = new BusReader(message.Body);
        reader.Number();
        var job = reader.Text();
        reader.Text();
        _ended.Add((job, reader.Text()));
    }

    // https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol
    private async Task AuthenticateAsync(CancellationToken ct)
    {
        var user = Convert.ToHexStringLower(Encoding.ASCII.GetBytes($"{SelfProcess.User}"));
        // BEGIN at once, as systemd's own clients do: it overlooks a call that it reads together with BEGIN, until something else comes.
        await _stream.WriteAsync(Encoding.ASCII.GetBytes($"\0AUTH EXTERNAL {user}\r\nBEGIN\r\n"), ct).ConfigureAwait(false);
        var answer = await ReadLineAsync(ct).ConfigureAwait(false);
        if (!answer.StartsWith("OK ", StringComparison.Ordinal))
            throw new IOException($"it answers {answer} to user {SelfProcess.User}");
    }

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one, ct).ConfigureAwait(false);
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd();
    }

    private async Task<BusMessage> ReadAsync(CancellationToken ct)
    {
        try
        {
            var header = new byte[BusMessage.FixedHeader];
            await _stream.ReadExactlyAsync(header, ct).ConfigureAwait(false);
            var (fieldsLength, bodyLength) = BusMessage.Lengths(header);
            var (fields, body) = (new byte[fieldsLength], new byte[bodyLength]);
            await _stream.ReadExactlyAsync(fields, ct).ConfigureAwait(false);
            await _stream.ReadExactlyAsync(body, ct).ConfigureAwait(false);
            return BusMessage.Parse(header, fields, body);
        }
        catch (IOException failure)
        {
            throw new OcidException(ErrorKind.Unavailable, $"systemd: {failure.Message}", failure);
        }
    }
}
