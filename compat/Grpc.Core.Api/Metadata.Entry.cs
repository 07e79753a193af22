using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    public class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        public Entry(string key, string value)
        {
            Key = Normalized(key);
            if (IsBinary)
                throw new ArgumentException("a key that ends with -bin needs a binary value", nameof(key));

            _value = value ?? throw new ArgumentNullException(nameof(value));
        }

        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalized(key);
            if (!IsBinary)
                throw new ArgumentException("a key of a binary value needs to end with -bin", nameof(key));

            ArgumentNullException.ThrowIfNull(valueBytes);
            _valueBytes = [.. valueBytes];
        }

        public string Key { get; }

        public string Value => _value ?? throw new InvalidOperationException("the value of a binary entry is bytes");

        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _valueBytes];

        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

        public override string ToString() => IsBinary ? $"[Entry: key={Key}, valueBytes={ValueBytes.Length} bytes]" : $"[Entry: key={Key}, value={Value}]";

        // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests, Header-Name
        private static string Normalized(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            foreach (var c in key)
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
                    throw new ArgumentException("a key has ASCII letters, digits, dots, dashes and underscores", nameof(key));

            return key.ToLowerInvariant();
        }
    }
}
