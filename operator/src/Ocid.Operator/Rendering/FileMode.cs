namespace Ocid.Operator.Rendering;

/// <summary>The permission bits of a revision's files.</summary>
internal static class FileMode
{
    /// <summary>0644: everybody may read it.</summary>
    public const int Readable = 0x1A4;

    /// <summary>0600: root alone may.</summary>
    public const int Secret = 0x180;
}
