using System.Globalization;

namespace Ocid.Linux;

/// <summary>A process as <c>/proc/PID/stat</c> shows it.</summary>
/// <param name="Pid">Its pid.</param>
/// <param name="State">R, S, D, T, Z and so on.</param>
/// <param name="Parent">Its parent's pid.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="StartTime">When it started, in clock ticks after boot: with the pid, this names a process for good.</param>
public readonly record struct ProcessEntry(int Pid, char State, int Parent, int Group, int Session, ulong StartTime)
{
    /// <summary>Every process there is.</summary>
    public static IEnumerable<ProcessEntry> All()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && TryRead(pid, out var entry))
                yield return entry;
        }
    }

    /// <summary>Reads one; false when there is no such process.</summary>
    public static bool TryRead(int pid, out ProcessEntry entry)
    {
        try
        {
            return TryParse(File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat"), out entry);
        }
        catch (IOException) // gone, before or while it was read
        {
            entry = default;
            return false;
        }
    }

    /// <summary>Reads the one line of <c>/proc/PID/stat</c>. The name in it may hold anything, a bracket and spaces included.</summary>
    public static bool TryParse(string line, out ProcessEntry entry)
    {
        entry = default;
        var nameEnd = line.LastIndexOf(')');
        var nameStart = line.IndexOf('(');
        if (nameStart < 1 || nameEnd < nameStart)
            return false;
        var fields = line[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20)
            return false;
        entry = new ProcessEntry(
            Number(line.AsSpan(0, nameStart).Trim()),
            fields[0][0],
            Number(fields[1]),
            Number(fields[2]),
            Number(fields[3]),
            ulong.Parse(fields[19], CultureInfo.InvariantCulture));
        return true;
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, CultureInfo.InvariantCulture);
}
