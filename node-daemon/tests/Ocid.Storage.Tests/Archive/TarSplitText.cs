using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ocid.Storage.Tests.Archive;

/// <summary>Puts an archive together again from its record and the files on disk.</summary>
internal static class TarSplitText
{
    public static string Digest(byte[] record, string diffPath)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var lines = new StreamReader(new GZipStream(new MemoryStream(record), CompressionMode.Decompress), Encoding.UTF8);
        for (var position = 0; lines.ReadLine() is { } line; position++)
        {
            var entry = JsonDocument.Parse(line).RootElement;
            entry.GetProperty("position").GetInt32().Should().Be(position);
            if (entry.GetProperty("type").GetInt32() == 2)
                hash.AppendData(entry.GetProperty("payload").GetBytesFromBase64());
            else if (entry.TryGetProperty("size", out _))
                hash.AppendData(File.ReadAllBytes(Path.Combine(diffPath, entry.GetProperty("name").GetString()!.TrimStart('/'))));
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
