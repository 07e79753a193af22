using System.Globalization;
using Ocid.Primitives;

namespace Ocid.Spec.Users;

// A number that wraps around is root for the kernel (containerd 2024-40635): digits out of range are an error, never a name.
internal static class UserId
{
    // (uid_t)-1 means "unchanged" to setuid and chown.
    public const uint Largest = uint.MaxValue - 1;

    public static bool TryParse(ReadOnlySpan<char> text, out uint id) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id <= Largest;

    public static bool IsNumber(string text) => text.Length > 0 && !text.AsSpan().TrimStart("+-").ContainsAnyExceptInRange('0', '9');

    public static uint Parse(string what, string text) =>
        TryParse(text, out var id) ? id : throw OutOfRange(what, Quoted.Text(text));

    public static uint Check(string what, long number) =>
        number is >= 0 and <= Largest ? (uint)number : throw OutOfRange(what, number.ToString(CultureInfo.InvariantCulture));

    private static OcidException OutOfRange(string what, string number) =>
        new(ErrorKind.InvalidArgument, $"{what} {number}: want a number from 0 to {Largest}");
}
