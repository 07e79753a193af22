namespace Ocid.Storage.Records;

/// <summary>What a look at a record file without its lock tells about whether it was written: every writer renames a new file into place.</summary>
internal readonly record struct FileStamp(long Modified, long Length, Int128 TokenHash)
{
    public static FileStamp Of(string path, string lockPath)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.LastWriteTimeUtc.Ticks, file.Length, Token(lockPath)) : default;
    }

    private static Int128 Token(string lockPath)
    {
        try
        {
            using var file = File.OpenHandle(lockPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> token = stackalloc byte[LastWriter.Length];
            var length = RandomAccess.Read(file, token, 0);
            var hash = System.Security.Cryptography.SHA256.HashData(token[..length]);
            return System.Buffers.Binary.BinaryPrimitives.ReadInt128LittleEndian(hash);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
