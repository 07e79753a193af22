using Ocid.Storage.Checking;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>How far a check of the store is: one line that changes for a person, and one for each tenth for a log.</summary>
internal sealed class CheckProgress(Terminal terminal) : IProgress<StoreCheckProgress>
{
    private const int Tenths = 10;
    private long _tenth;
    private bool _shown;

    public void Report(StoreCheckProgress value)
    {
        var text = $"compared {value.Done} of {value.Total} layers, {HumanText.Size(value.Bytes)} of {HumanText.Size(value.TotalBytes)}";
        if (terminal.IsInteractive)
        {
            terminal.Error.Write($"\r\e[K{text}");
            _shown = true;
        }
        else if (value.TotalBytes > 0 && value.Bytes * Tenths / value.TotalBytes is var tenth && tenth > _tenth)
        {
            _tenth = tenth;
            terminal.Error.WriteLine(text);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_shown)
            terminal.Error.Write("\r\e[K");
        _shown = false;
    }
}
