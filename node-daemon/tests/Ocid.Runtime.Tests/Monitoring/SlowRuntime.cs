namespace Ocid.Runtime.Tests.Monitoring;

// runc, whose exec can be made to hang before it does anything, or when it has done all.
internal sealed class SlowRuntime
{
    private readonly string _before;
    private readonly string _after;

    public SlowRuntime(string root)
    {
        Program = Path.Combine(root, "slow-runc");
        _before = Program + ".before";
        _after = Program + ".after";
        var script = $"""
            #!/bin/sh
            case "$*" in *" exec "*) exec=1; while [ -e {_before} ]; do sleep 0.05; done;; esac
            {TestContainer.Runc} "$@"
            status=$?
            while [ "$exec" ] && [ -e {_after} ]; do sleep 0.05; done
            exit $status

            """;
        File.WriteAllText(Program, script);
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Program { get; }

    public void HangBefore() => File.WriteAllText(_before, "");

    public void HangAfter() => File.WriteAllText(_after, "");

    public void GoOn()
    {
        File.Delete(_before);
        File.Delete(_after);
    }
}
