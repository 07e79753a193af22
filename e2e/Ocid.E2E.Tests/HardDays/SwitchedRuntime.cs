using Ocid.E2E.Nodes;
using Ocid.Testing;

namespace Ocid.E2E.Tests.HardDays;

/// <summary>runc, which does something else with a verb for as long as a switch is on.</summary>
internal sealed class SwitchedRuntime : IDisposable
{
    /// <summary>The handler that pods ask for.</summary>
    public const string Handler = "switched";

    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-switched-").FullName;

    public SwitchedRuntime()
    {
        File.WriteAllText(Program, $$"""
            #!/bin/sh
            for word; do
              if [ "$before" = --pid-file ]; then pid_file=$word; fi
              before=$word
              case "$word" in create|start|delete) verb=$word;; esac
            done
            is() { [ -e "{{_folder}}/$1-$verb" ]; }
            if is fails; then echo "$verb: the switch is on" >&2; exit 1; fi
            while is hangs; do sleep 0.1; done
            {{Tool.Find("runc")}} "$@"
            status=$?
            if is kills; then kill -KILL "$(cat "$pid_file")"; fi
            while is lingers; do sleep 0.1; done
            exit $status

            """);
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The node that knows it.</summary>
    public TestNodeOptions Options => new() { Configuration = $"[runtime.handlers.{Handler}]\nprogram = \"{Program}\"\nroot = \"{_folder}/state\"" };

    /// <summary>What runs; the processes of it that hang have its name.</summary>
    public string Program => Path.Combine(_folder, "switched-runc");

    /// <summary>Switches on.</summary>
    /// <param name="what"><c>fails</c>; <c>hangs</c> before it does what it is asked for, <c>lingers</c> after that; <c>kills</c> what it has made.</param>
    /// <param name="verb">Of create, start and delete.</param>
    public void On(string what, string verb) => File.WriteAllText(Switch(what, verb), "");

    /// <summary>Switches off; what hangs goes on.</summary>
    public void Off(string what, string verb) => File.Delete(Switch(what, verb));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Switch(string what, string verb) => Path.Combine(_folder, $"{what}-{verb}");
}
