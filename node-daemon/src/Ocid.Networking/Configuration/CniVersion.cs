using System.Diagnostics.CodeAnalysis;

namespace Ocid.Networking.Configuration;

/// <summary>A version of the CNI specification that we speak.</summary>
internal sealed record CniVersion : IComparable<CniVersion>
{
    public static readonly CniVersion V0_4_0 = new("0.4.0", 2);
    public static readonly CniVersion V1_1_0 = new("1.1.0", 4);

    private static readonly CniVersion[] Known = [new("0.3.0", 0), new("0.3.1", 1), V0_4_0, new("1.0.0", 3), V1_1_0];
    private readonly int _order;

    private CniVersion(string text, int order) => (Text, _order) = (text, order);

    public string Text { get; }

    /// <summary>From 0.4.0 on DEL is given the result of ADD.</summary>
    public bool DelTakesResult => CompareTo(V0_4_0) >= 0;

    public bool HasStatus => CompareTo(V1_1_0) >= 0;

    public static bool TryParse(string? text, [NotNullWhen(true)] out CniVersion? version)
    {
        version = Known.FirstOrDefault(known => known.Text == text);
        return version is not null;
    }

    public int CompareTo(CniVersion? other) => _order.CompareTo(other?._order ?? -1);
}
