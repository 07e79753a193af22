using Ocid.Primitives;

namespace Ocid.Spec.Cdi;

/// <summary>The name of a device as containers ask for it: <c>vendor.com/class=device</c>.</summary>
public sealed record CdiDeviceName
{
    private CdiDeviceName(string kind, string device) => (Kind, Device) = (kind, device);

    /// <summary>Vendor and class: <c>vendor.com/class</c>.</summary>
    public string Kind { get; }

    /// <summary>Which of that kind.</summary>
    public string Device { get; }

    /// <summary>Reads a name.</summary>
    /// <exception cref="OcidException">InvalidArgument: it is none.</exception>
    public static CdiDeviceName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('=') is [var kind, var device] && IsKind(kind) && IsDevice(device)
            ? new CdiDeviceName(kind, device)
            : throw new OcidException(ErrorKind.InvalidArgument, $"CDI device {Quoted.Text(text)}: want vendor.com/class=device");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}={Device}";

    internal static bool IsKind(string? kind) =>
        kind?.Split('/') is [{ Length: > 0 } vendor, { Length: > 0 } kindClass] && char.IsAsciiLetter(vendor[0]) && IsPart(vendor, "_-.") && char.IsAsciiLetter(kindClass[0]) && IsPart(kindClass, "_-.");

    internal static bool IsDevice(string? name) => name is { Length: > 0 } && char.IsAsciiLetterOrDigit(name[0]) && IsPart(name, "_-.:");

    private static bool IsPart(string text, string signs) =>
        char.IsAsciiLetterOrDigit(text[^1]) && text.All(c => char.IsAsciiLetterOrDigit(c) || signs.Contains(c, StringComparison.Ordinal));
}
