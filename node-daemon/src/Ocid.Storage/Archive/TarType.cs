namespace Ocid.Storage.Archive;

/// <summary>The type flag of a header.</summary>
internal enum TarType : byte
{
    OldRegular = 0,
    Regular = (byte)'0',
    HardLink = (byte)'1',
    SymbolicLink = (byte)'2',
    CharacterDevice = (byte)'3',
    BlockDevice = (byte)'4',
    Directory = (byte)'5',
    Fifo = (byte)'6',
    Contiguous = (byte)'7',
    PaxGlobal = (byte)'g',
    Pax = (byte)'x',
    GnuLongLink = (byte)'K',
    GnuLongName = (byte)'L',
    GnuSparse = (byte)'S',
}
