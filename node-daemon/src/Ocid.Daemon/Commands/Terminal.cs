namespace Ocid.Daemon.Commands;

/// <summary>Where a verb writes.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">Progress and complaints.</param>
/// <param name="IsInteractive">A person watches <paramref name="Error"/>.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive)
{
    /// <summary>Gives what is to be read, when it is; it is nothing where nobody writes.</summary>
    public Func<TextReader> Input { get; init; } = static () => TextReader.Null;

    /// <summary>A person types.</summary>
    public bool HasKeyboard { get; init; }

    public static Terminal OfThisProcess() =>
        new(Console.Out, Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"))
        {
            Input = static () => Console.In,
            HasKeyboard = !Console.IsInputRedirected,
        };

    /// <summary>One complaint, as one line.</summary>
    public void Complain(string message) => Error.WriteLine($"ocid: {message.ReplaceLineEndings(" ")}");
}
