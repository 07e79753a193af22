namespace Ocid.Toml;

/// <summary>A value of a document and where it stands.</summary>
public abstract class TomlValue
{
    private protected TomlValue(TomlPosition position) => Position = position;

    /// <summary>Where the value begins; 0:0 when it was not read from a document.</summary>
    public TomlPosition Position { get; }

    /// <summary>What a person calls this kind, with its article: <c>a string</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The value as it would stand behind <c>key =</c>.</summary>
    public override string ToString() => TomlWriter.Inline(this);
}
