namespace Ocid.Operator.Commands;

/// <summary>Where a verb reads and writes.</summary>
/// <param name="Input">What <c>-f -</c> reads.</param>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">Complaints.</param>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error)
{
    public static Terminal OfThisProcess() => new(Console.In, Console.Out, Console.Error);

    /// <summary>One complaint, as one line.</summary>
    public void Complain(string message) => Error.WriteLine($"ocid-operator: {message.ReplaceLineEndings(" ")}");
}
