using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ocid.Linux.Namespaces;

/// <summary>
/// A process in a new user namespace, and in other new ones that belong to it, for the moment that it takes to pin them. A user namespace cannot be made by
/// a process of several threads, so another one makes it: a program of four system calls that is never a file.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man7/user_namespaces.7.html</remarks>
internal sealed class NamespaceHolder : IDisposable
{
    private const uint NewUser = 0x10000000;
    private readonly ChildProcess _process;
    private readonly FileDescriptor _lifeline;

    private NamespaceHolder(ChildProcess process, FileDescriptor lifeline) => (_process, _lifeline) = (process, lifeline);

    /// <summary>Starts the process and waits until it is in its namespaces. Blocks.</summary>
    /// <exception cref="LinuxException">It cannot be started, or the kernel refused: ENOSPC for the limit user.max_user_namespaces.</exception>
    public static NamespaceHolder Start(NamespaceKinds others)
    {
        var kinds = NewUser | (uint)others;
        using var program = SelfProcess.MemoryFile("ocid-namespaces", TinyProgram.Of(CodeX64(kinds), CodeArm64(kinds)));
        var input = Pipe.Create();
        var output = Pipe.Create();
        var process = default(ChildProcess);
        try
        {
            process = ChildProcess.Spawn(new CommandSpec { Program = "/proc/self/fd/3", ExtraDescriptors = [program], Environment = new Dictionary<string, string>() }, input.Reader, output.Writer, null);
            output.Writer.Dispose();
            Require(output.Reader, others);
            return new NamespaceHolder(process, input.Writer);
        }
        catch
        {
            process?.KillAndReap();
            process?.Dispose();
            input.Writer.Dispose();
            throw;
        }
        finally
        {
            input.Reader.Dispose();
            output.Dispose();
        }
    }

    /// <summary>Says which ids outside those of the user namespace are.</summary>
    public void MapIds(IdRange users, IdRange groups)
    {
        Map("uid_map", users);
        Map("gid_map", groups);
    }

    /// <summary>The file of one of its namespaces, by its name under /proc/PID/ns.</summary>
    public string Path(string name) => $"/proc/{_process.Pid}/ns/{name}";

    public void Dispose()
    {
        _lifeline.Dispose();
        _process.KillAndReap();
        _process.Dispose();
    }

    private void Map(string file, IdRange range)
    {
        try
        {
            using var map = new FileStream($"/proc/{_process.Pid}/{file}", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            map.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0 {range.First} {range.Length}")));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new Primitives.OcidException(Primitives.ErrorKind.FailedPrecondition, $"{file} of a user namespace, ids from {range.First}, {range.Length} of them: {refused.Message}", refused);
        }
    }

    private static void Require(FileDescriptor result, NamespaceKinds others)
    {
        Span<byte> answer = stackalloc byte[8];
        var got = 0;
        while (got < answer.Length && Descriptor.TryRead(result, answer[got..], out var count) && count > 0)
            got += count;
        var error = got < answer.Length ? (long)Errno.EIO : -BinaryPrimitives.ReadInt64LittleEndian(answer);
        if (error != 0)
            throw new LinuxException("unshare", others == NamespaceKinds.None ? "User" : $"User, {others}", (Errno)error);
    }

    // result = unshare(kinds); write(1, &result, 8); read(0, &result, 1); exit(0);
    private static byte[] CodeX64(uint kinds) =>
    [
        0xbf, .. Little(kinds),             // mov edi, kinds
        0xb8, 0x10, 0x01, 0x00, 0x00,       // mov eax, 272
        0x0f, 0x05,                         // syscall
        0x50,                               // push rax
        0x48, 0x89, 0xe6,                   // mov rsi, rsp
        0xbf, 0x01, 0x00, 0x00, 0x00,       // mov edi, 1
        0xba, 0x08, 0x00, 0x00, 0x00,       // mov edx, 8
        0xb8, 0x01, 0x00, 0x00, 0x00,       // mov eax, 1
        0x0f, 0x05,                         // syscall
        0x31, 0xff,                         // xor edi, edi
        0xba, 0x01, 0x00, 0x00, 0x00,       // mov edx, 1
        0x31, 0xc0,                         // xor eax, eax
        0x0f, 0x05,                         // syscall
        0x31, 0xff,                         // xor edi, edi
        0xb8, 0x3c, 0x00, 0x00, 0x00,       // mov eax, 60
        0x0f, 0x05,                         // syscall
    ];

    private static byte[] CodeArm64(uint kinds) =>
    [
        .. Little(0xd2800000 | ((kinds & 0xffff) << 5)), // mov x0, kinds & 0xffff
        .. Little(0xf2a00000 | ((kinds >> 16) << 5)),    // movk x0, kinds >> 16, lsl #16
        .. Little(0xd2800c28),                           // mov x8, #97
        .. Little(0xd4000001),                           // svc #0
        .. Little(0xf81f0fe0),                           // str x0, [sp, #-16]!
        .. Little(0xd2800020),                           // mov x0, #1
        .. Little(0x910003e1),                           // mov x1, sp
        .. Little(0xd2800102),                           // mov x2, #8
        .. Little(0xd2800808),                           // mov x8, #64
        .. Little(0xd4000001),                           // svc #0
        .. Little(0xd2800000),                           // mov x0, #0
        .. Little(0x910003e1),                           // mov x1, sp
        .. Little(0xd2800022),                           // mov x2, #1
        .. Little(0xd28007e8),                           // mov x8, #63
        .. Little(0xd4000001),                           // svc #0
        .. Little(0xd2800000),                           // mov x0, #0
        .. Little(0xd2800ba8),                           // mov x8, #93
        .. Little(0xd4000001),                           // svc #0
    ];

    private static byte[] Little(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
