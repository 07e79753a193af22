using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Ocid.Primitives;

internal static class HexId
{
    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept(Digits);
}
