namespace Ocid.Storage.Archive;

/// <summary>What inflates gzip. The output is the same.</summary>
public enum GzipEngine
{
    /// <summary>ISA-L where the machine has it, else .NET's.</summary>
    Fastest,

    /// <summary>ISA-L, <c>libisal.so.2</c>.</summary>
    Isal,

    /// <summary>.NET's own, zlib-ng.</summary>
    Zlib,
}
