namespace Ocid.Daemon.Configuration;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>The candidate a few letters away, or one of the same last part in another table; null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var all = candidates.ToList();
        var last = word[(word.LastIndexOf('.') + 1)..];
        var sameName = all.FirstOrDefault(candidate => candidate.EndsWith('.' + last, StringComparison.Ordinal) || candidate == last);
        return sameName ?? all
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(found => found.Distance <= Math.Max(2, last.Length / 4))
            .OrderBy(found => found.Distance)
            .Select(found => found.Candidate)
            .FirstOrDefault();
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
