namespace Ocid.Toml.Parsing;

/// <summary>How a table came to be, which decides who may still add to it.</summary>
internal enum TableOrigin
{
    /// <summary>Named on the way to another header only: may be defined once, by header or by dotted keys.</summary>
    Implied,

    /// <summary>Defined by its own header.</summary>
    Header,

    /// <summary>Defined by dotted keys of one section, and open to that section only.</summary>
    Dotted,

    /// <summary>Written inline, and closed.</summary>
    Inline,
}
