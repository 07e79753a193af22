namespace Ocid.Storage.Images;

/// <summary>Who keeps an image from being removed, for people.</summary>
internal static class ImageHolders
{
    private const int Most = 5;

    public static string Text(IReadOnlyList<string> holders)
    {
        if (holders is [var only])
            return $"{only} uses it";
        var others = holders.Count > Most ? $" and {holders.Count - Most} more" : "";
        return $"{holders.Count} containers use it: {string.Join(", ", holders.Take(Most))}{others}";
    }
}
