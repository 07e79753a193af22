using Ocid.Primitives;
using Ocid.Toml;

namespace Ocid.Daemon.Commands;

/// <summary>Reads <c>--set KEY=VALUE</c>. The value is TOML; a bare word is taken as a string.</summary>
internal static class SetFlag
{
    public static (string Flag, string Key, TomlValue Value) Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new OcidException(ErrorKind.InvalidArgument, $"--set {Quoted.Text(text)}: want KEY=VALUE, such as log_level=debug");

        var (key, value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        return ($"--set {key}", key, Read(value));
    }

    private static TomlValue Read(string text)
    {
        try
        {
            // The place within the flag helps nobody, so that scalars are made anew without one.
            return TomlParser.Parse($"value = {text}")["value"] switch
            {
                TomlString value => new TomlString(value.Value),
                TomlInteger value => new TomlInteger(value.Value),
                TomlBoolean value => new TomlBoolean(value.Value),
                TomlArray value => new TomlArray([.. value]),
                _ => new TomlString(text),
            };
        }
        catch (TomlException)
        {
            return new TomlString(text);
        }
    }
}
