namespace Ocid.Operator.Planning;

/// <summary>The difference of two texts by lines: ' ' for what stays, '-' for what goes, '+' for what comes.</summary>
internal static class LineDiff
{
    private const int Context = 2;

    // Beyond this, finding the smallest difference costs more than it tells anybody.
    private const long MostWork = 4_000_000;

    /// <summary>The lines that differ with two around them; <c>…</c> stands for what is left out.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var all = (long)old.Length * now.Length > MostWork ? [.. old.Select(line => "-" + line), .. now.Select(line => "+" + line)] : Difference(old, now);
        return Shorten(all);
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    // The longest common subsequence, from the end, so that it is read off from the beginning.
    private static List<string> Difference(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var lines = new List<string>();
        var (left, right) = (0, 0);
        while (left < old.Length || right < now.Length)
        {
            if (left < old.Length && right < now.Length && old[left] == now[right])
            {
                lines.Add(' ' + old[left++]);
                right++;
            }
            else if (left < old.Length && (right == now.Length || common[left + 1, right] >= common[left, right + 1]))
                lines.Add('-' + old[left++]);
            else
                lines.Add('+' + now[right++]);
        }

        return lines;
    }

    private static List<string> Shorten(List<string> all)
    {
        var kept = new bool[all.Count];
        for (var index = 0; index < all.Count; index++)
        {
            if (all[index][0] != ' ')
                kept.AsSpan(Math.Max(0, index - Context)..Math.Min(all.Count, index + Context + 1)).Fill(true);
        }

        var lines = new List<string>();
        for (var index = 0; index < all.Count; index++)
        {
            if (kept[index])
                lines.Add(all[index]);
            else if (index == 0 || kept[index - 1])
                lines.Add("…");
        }

        return lines;
    }
}
