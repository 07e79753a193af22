using System.Runtime.InteropServices;

namespace Ocid.Linux;

// The arguments of posix_spawn in native memory.
internal sealed unsafe class SpawnActions : IDisposable
{
    // Sources are moved above this first, so that no dup2 overwrites the source of a later one.
    private const int AboveTargets = 64;

    private readonly CommandSpec _spec;
    private readonly byte* _actions = (byte*)NativeMemory.AllocZeroed(Libc.SpawnFileActionsSize);
    private readonly byte* _attributes = (byte*)NativeMemory.AllocZeroed(Libc.SpawnAttributesSize);
    private readonly List<FileDescriptor> _sources = [];

    public SpawnActions(CommandSpec spec, FileDescriptor? input, FileDescriptor? output, FileDescriptor? error)
    {
        _spec = spec;
        Check(Libc.posix_spawn_file_actions_init(_actions));
        Check(Libc.posix_spawnattr_init(_attributes));
        using var nothing = input is null || output is null || error is null ? Descriptor.OpenNull() : null;
        Place(input ?? nothing!, 0);
        Place(output ?? nothing!, 1);
        Place(error ?? nothing!, 2);
        for (var i = 0; i < spec.ExtraDescriptors.Count; i++)
            Place(spec.ExtraDescriptors[i], 3 + i);
        Check(Libc.posix_spawn_file_actions_addclosefrom_np(_actions, 3 + spec.ExtraDescriptors.Count));
        if (spec.WorkingDirectory is { } directory)
            Check(Libc.posix_spawn_file_actions_addchdir_np(_actions, directory));
    }

    public int Spawn(bool ownSession)
    {
        SetAttributes(ownSession);
        var arguments = NativeStrings([_spec.Program, .. _spec.Arguments]);
        var environment = NativeStrings(EnvironmentOf(_spec));
        try
        {
            using var limit = new DefaultDescriptorLimit(_sources[^1].Number);
            var errno = Libc.posix_spawn(out var pid, _spec.Program, _actions, _attributes, arguments, environment);
            return errno == 0 ? pid : throw new LinuxException("posix_spawn", _spec.Program, (Errno)errno);
        }
        finally
        {
            Free(arguments);
            Free(environment);
        }
    }

    public void Dispose()
    {
        _ = Libc.posix_spawn_file_actions_destroy(_actions);
        _ = Libc.posix_spawnattr_destroy(_attributes);
        NativeMemory.Free(_actions);
        NativeMemory.Free(_attributes);
        foreach (var source in _sources)
            source.Dispose();
    }

    private void Place(FileDescriptor source, int target)
    {
        var moved = Descriptor.DuplicateFrom(source, AboveTargets);
        _sources.Add(moved);
        Check(Libc.posix_spawn_file_actions_adddup2(_actions, moved.Number, target));
    }

    // .NET ignores SIGPIPE, and an ignored signal stays ignored across exec.
    private void SetAttributes(bool ownSession)
    {
        var signals = stackalloc byte[Libc.SignalSetSize];
        new Span<byte>(signals, Libc.SignalSetSize).Fill(0xff); // not sigfillset: it leaves out the C library's own two, which then stay ignored
        _ = Libc.sigdelset(signals, Libc.SIGKILL);
        _ = Libc.sigdelset(signals, Libc.SIGSTOP);
        Check(Libc.posix_spawnattr_setsigdefault(_attributes, signals));
        _ = Libc.sigemptyset(signals);
        Check(Libc.posix_spawnattr_setsigmask(_attributes, signals));
        Check(Libc.posix_spawnattr_setpgroup(_attributes, 0));
        var group = ownSession ? Libc.POSIX_SPAWN_SETSID : Libc.POSIX_SPAWN_SETPGROUP;
        Check(Libc.posix_spawnattr_setflags(_attributes, (short)(Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK | group)));
    }

    private static List<string> EnvironmentOf(CommandSpec spec)
    {
        var environment = new List<string>();
        if (spec.Environment is { } given)
        {
            foreach (var (name, value) in given)
                environment.Add($"{name}={value}");
        }
        else
        {
            foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
                environment.Add($"{entry.Key}={entry.Value}");
        }

        return environment;
    }

    internal static byte** NativeStrings(List<string> texts)
    {
        var strings = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
            strings[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        return strings;
    }

    private static void Free(byte** strings)
    {
        for (var i = 0; strings[i] is not null; i++)
            Marshal.FreeCoTaskMem((nint)strings[i]);
        NativeMemory.Free(strings);
    }

    private static void Check(int errno)
    {
        if (errno != 0)
            throw new LinuxException("posix_spawn", null, (Errno)errno);
    }
}
