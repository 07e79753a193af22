using Ocid.Primitives;

namespace Ocid.Agent.Services.DBus;

/// <summary>A message: a call, its answer, an error or a signal.</summary>
internal sealed record BusMessage(BusMessageKind Kind, string Member, string ErrorName, uint ReplyTo, string Signature, byte[] Body)
{
    /// <summary>The bytes before the fields, whose length is in the last four of them.</summary>
    public const int FixedHeader = 16;

    private const byte LittleEndian = (byte)'l';
    private const byte ProtocolVersion = 1;
    private const byte PathField = 1;
    private const byte InterfaceField = 2;
    private const byte MemberField = 3;
    private const byte ErrorField = 4;
    private const byte ReplyField = 5;
    private const byte DestinationField = 6;
    private const byte SignatureField = 8;

    /// <summary>The first string of an error's body.</summary>
    public string ErrorText => Signature.StartsWith('s') ? new BusReader(Body).Text() : ErrorName;

    /// <summary>A call of a method of systemd's manager.</summary>
    public static byte[] Call(uint serial, string member, string signature, byte[] body)
    {
        var message = new BusWriter().Byte(LittleEndian).Byte((byte)BusMessageKind.Call).Byte(0).Byte(ProtocolVersion).Number((uint)body.Length).Number(serial);
        message.Array(8, fields =>
        {
            Field(fields, PathField, "o").Text("/org/freedesktop/systemd1");
            Field(fields, DestinationField, "s").Text("org.freedesktop.systemd1");
            Field(fields, InterfaceField, "s").Text("org.freedesktop.systemd1.Manager");
            Field(fields, MemberField, "s").Text(member);
            if (signature.Length > 0)
                Field(fields, SignatureField, "g").Signature(signature);
        });
        message.Align(8);
        return [.. message.ToArray(), .. body];
    }

    /// <summary>How many bytes follow the fixed header: the fields with their padding, and the body.</summary>
    public static (int Fields, int Body) Lengths(ReadOnlySpan<byte> header)
    {
        var reader = new BusReader(header);
        if (reader.Byte() != LittleEndian)
            throw new OcidException(ErrorKind.Unimplemented, "systemd: a D-Bus message that is not little endian");
        reader.Byte();
        reader.Byte();
        reader.Byte();
        var body = reader.Number();
        reader.Number();
        var fields = (reader.Number() + 7) / 8 * 8;
        const uint longest = 128 * 1024 * 1024;
        return fields <= longest && body <= longest ? ((int)fields, (int)body) : throw new OcidException(ErrorKind.DataLoss, "systemd: a D-Bus message that is too long");
    }

    public static BusMessage Parse(ReadOnlySpan<byte> header, ReadOnlySpan<byte> fields, byte[] body)
    {
        var (member, error, reply, signature) = ("", "", 0u, "");
        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        var reader = new BusReader(fields[..(int)length]);
        while (!reader.IsAtEnd)
        {
            reader.Align(8);
            var field = reader.Byte();
            var type = reader.Signature();
            var text = type is "s" or "o" ? reader.Text() : type == "g" ? reader.Signature() : "";
            var number = type == "u" ? reader.Number() : 0;
            (member, error, reply, signature) = field switch
            {
                MemberField => (text, error, reply, signature),
                ErrorField => (member, text, reply, signature),
                ReplyField => (member, error, number, signature),
                SignatureField => (member, error, reply, text),
                _ => (member, error, reply, signature),
            };
        }

        return new BusMessage((BusMessageKind)header[1], member, error, reply, signature, body);
    }

    private static BusWriter Field(BusWriter fields, byte code, string type) => fields.Struct().Byte(code).Signature(type);
}
