using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ocid.Primitives;

namespace Ocid.Operator.Rollouts;

/// <summary>A number of nodes, or a share of them: <c>3</c> or <c>10%</c>; never less than one node.</summary>
internal sealed record NodeCount
{
    private NodeCount(int value, bool isPercentage) => (Value, IsPercentage) = (value, isPercentage);

    /// <summary>Nodes, or percent of them.</summary>
    public int Value { get; }

    public bool IsPercentage { get; }

    /// <exception cref="OcidException">InvalidArgument: neither a number of nodes nor a percentage.</exception>
    public static NodeCount Parse(string text) => TryParse(text, out var count)
        ? count
        : throw new OcidException(ErrorKind.InvalidArgument, $"{Quoted.Text(text)}: want a number of nodes such as 3, or a share such as 10%, and at least 1");

    public static bool TryParse(string? text, [NotNullWhen(true)] out NodeCount? count)
    {
        var isPercentage = text is [.., '%'];
        var digits = isPercentage ? text![..^1] : text;
        count = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 && (!isPercentage || value <= 100)
            ? new NodeCount(value, isPercentage)
            : null;
        return count is not null;
    }

    /// <summary>How many nodes of a fleet that is: a share is rounded down, but never to none.</summary>
    public int Of(int nodes) => IsPercentage ? (int)Math.Max(1, (long)nodes * Value / 100) : Value;

    public override string ToString() => IsPercentage ? $"{Value}%" : Value.ToString(CultureInfo.InvariantCulture);
}
