using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ocid.Storage.Records;

/// <summary>The 64 bytes in a lock file that tell whether what it guards was written since one looked: different for every write by anyone.</summary>
internal static class LastWriter
{
    public const int Length = 64;

    private static long s_count;

    public static byte[] Next()
    {
        var token = RandomNumberGenerator.GetBytes(Length);
        BinaryPrimitives.WriteInt64LittleEndian(token, (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100);
        BinaryPrimitives.WriteInt64LittleEndian(token.AsSpan(8), Interlocked.Increment(ref s_count));
        BinaryPrimitives.WriteInt32LittleEndian(token.AsSpan(16), Environment.ProcessId);
        return token;
    }
}
