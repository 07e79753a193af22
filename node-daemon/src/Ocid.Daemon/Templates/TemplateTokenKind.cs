namespace Ocid.Daemon.Templates;

internal enum TemplateTokenKind
{
    /// <summary>What is outside of actions.</summary>
    Literal,
    Open,
    Close,
    Name,

    /// <summary><c>.Name</c>.</summary>
    Field,

    /// <summary>A dot alone.</summary>
    Dot,

    /// <summary><c>$name</c>, or <c>$</c> alone.</summary>
    Variable,
    String,
    Number,

    /// <summary>One of <c>| ( ) , := =</c>.</summary>
    Mark,
    End,
}
