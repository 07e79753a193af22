using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>The names in an archive as paths below its root.</summary>
internal static class EntryPath
{
    /// <summary>The path without empty, <c>.</c> and <c>..</c> components and without a slash at either end; empty for the root.</summary>
    /// <exception cref="OcidException">DataLoss: it leads above the root. ResourceExhausted: too deep.</exception>
    public static UnixPath Clean(UnixPath name, int depth)
    {
        var bytes = name.Bytes;
        var components = new List<Range>();
        foreach (var component in bytes.Split((byte)'/'))
        {
            var text = bytes[component];
            if (text.IsEmpty || text.SequenceEqual("."u8))
                continue;
            if (!text.SequenceEqual(".."u8))
                components.Add(component);
            else if (components.Count > 0)
                components.RemoveAt(components.Count - 1);
            else
                throw new OcidException(ErrorKind.DataLoss, $"layer archive: {Quoted.Text(name.ToString())} leads out of the layer");
        }

        if (components.Count > depth)
            throw new OcidException(ErrorKind.ResourceExhausted, $"layer archive: {Quoted.Text(name.ToString())} is more than {depth} directories deep");
        return Join(bytes, components);
    }

    private static UnixPath Join(ReadOnlySpan<byte> bytes, List<Range> components)
    {
        var clean = new byte[bytes.Length];
        var length = 0;
        foreach (var component in components)
        {
            if (length > 0)
                clean[length++] = (byte)'/';
            var text = bytes[component];
            text.CopyTo(clean.AsSpan(length));
            length += text.Length;
        }

        return new UnixPath(clean.AsSpan(0, length));
    }
}
