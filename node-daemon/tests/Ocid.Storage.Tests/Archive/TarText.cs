using System.Buffers;
using System.Text;

namespace Ocid.Storage.Tests.Archive;

/// <summary>Archives written block by block, so that they can lie.</summary>
internal sealed class TarText
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public static byte[] Of(params Action<TarText>[] entries)
    {
        var tar = new TarText();
        foreach (var entry in entries)
            entry(tar);
        tar._bytes.Write(new byte[1024]);
        return tar._bytes.WrittenSpan.ToArray();
    }

    public static Action<TarText> File(string name, string content = "", uint mode = 0b110_100_100) => Header(name, '0', content, mode: mode);

    public static Action<TarText> Directory(string name, uint mode = 0b111_101_101) => Header(name, '5', mode: mode);

    public static Action<TarText> Symlink(string name, string target) => Header(name, '2', link: target);

    public static Action<TarText> HardLink(string name, string target) => Header(name, '1', link: target);

    public static Action<TarText> Pax(params string[] records) => Header("pax", 'x', string.Concat(records.Select(Record)));

    public static Action<TarText> Raw(byte[] bytes) => tar => tar._bytes.Write(bytes);

    public static Action<TarText> Header(
        string name, char type, string content = "", string link = "", uint mode = 0b110_100_100, string? size = null, string? uid = null, int device = 0) => tar =>
    {
        var body = Encoding.Latin1.GetBytes(content);
        var block = new byte[512];
        Put(block, 0, name);
        Put(block, 100, Convert.ToString(mode, 8).PadLeft(7, '0'));
        Put(block, 108, uid ?? "0000000");
        Put(block, 116, "0000000");
        Put(block, 124, size ?? Convert.ToString(body.Length, 8).PadLeft(11, '0'));
        Put(block, 136, "00000000001");
        Put(block, 148, "        ");
        block[156] = (byte)type;
        Put(block, 157, link);
        Put(block, 257, "ustar\0" + "00");
        Put(block, 329, "0000000");
        Put(block, 337, Convert.ToString(device, 8).PadLeft(7, '0'));
        Put(block, 148, Convert.ToString(block.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        tar._bytes.Write(block);
        tar._bytes.Write(body);
        tar._bytes.Write(new byte[(512 - (body.Length % 512)) % 512]);
    };

    private static void Put(byte[] block, int offset, string text) => Encoding.Latin1.GetBytes(text).CopyTo(block, offset);

    private static string Record(string keyAndValue)
    {
        var length = keyAndValue.Length + 2;
        while (length != keyAndValue.Length + 2 + length.ToString().Length)
            length = keyAndValue.Length + 2 + length.ToString().Length;
        return $"{length} {keyAndValue}\n";
    }
}
