namespace Ocid.Toml;

/// <summary>A place in a document: line and column from 1, columns in characters. Values that no document holds are at 0:0.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public readonly record struct TomlPosition(int Line, int Column)
{
    /// <summary><c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
