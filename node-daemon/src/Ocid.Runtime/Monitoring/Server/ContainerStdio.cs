using Ocid.Linux;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Server;

// The standard descriptors of a container in the making: the runtime's ends and ours.
internal sealed class ContainerStdio : IDisposable
{
    private readonly List<FileDescriptor> _theirs = [];
    private readonly Dictionary<string, FileDescriptor> _ours = [];
    private readonly ConsoleSocket? _console;

    public ContainerStdio(LaunchRequest launch)
    {
        if (launch.Terminal)
        {
            var path = Path.Combine(launch.StateDirectory, "tty");
            File.Delete(path);
            _console = new ConsoleSocket(path);
            return;
        }

        if (launch.Stdin)
        {
            var input = Pipe.CreateForContainer();
            _theirs.Add(input.Reader);
            _ours.Add(DescriptorName.Stdin, input.Writer);
        }
        else
        {
            _theirs.Add(Descriptor.OpenNull());
        }

        AddOutput(DescriptorName.Stdout);
        AddOutput(DescriptorName.Stderr);
    }

    public string? ConsolePath => _console?.Path;

    /// <summary>What the runtime gets as its own; none with a terminal.</summary>
    public IReadOnlyList<FileDescriptor> ForChild => _theirs;

    /// <summary>Our ends, once the runtime has ended well; now the caller's.</summary>
    public Dictionary<string, FileDescriptor> TakeOurs()
    {
        var taken = new Dictionary<string, FileDescriptor>(_ours);
        _ours.Clear();
        if (_console is not null)
        {
            var feed = Pipe.Create();
            taken.Add(DescriptorName.Master, _console.TakeMaster());
            taken.Add(DescriptorName.TerminalFeed, feed.Writer);
            taken.Add(DescriptorName.Stdout, feed.Reader);
        }

        return taken;
    }

    public void Dispose()
    {
        _console?.Dispose();
        foreach (var descriptor in _theirs.Concat(_ours.Values))
            descriptor.Dispose();
    }

    private void AddOutput(string name)
    {
        var output = Pipe.CreateForContainer();
        _theirs.Add(output.Writer);
        _ours.Add(name, output.Reader);
    }
}
