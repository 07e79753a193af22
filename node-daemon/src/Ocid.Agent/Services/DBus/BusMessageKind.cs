namespace Ocid.Agent.Services.DBus;

/// <summary>The kinds of messages, by their numbers.</summary>
internal enum BusMessageKind : byte
{
    /// <summary>None.</summary>
    Invalid,

    /// <summary>A method is called.</summary>
    Call,

    /// <summary>It answers.</summary>
    Return,

    /// <summary>It fails.</summary>
    Error,

    /// <summary>Nobody asked.</summary>
    Signal,
}
