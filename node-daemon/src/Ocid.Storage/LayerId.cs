using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>The id of a layer: 64 lower-case hexadecimal digits, safe as a file name.</summary>
public sealed record LayerId
{
    private LayerId(string value) => Value = value;

    /// <summary>The 64 digits.</summary>
    public string Value { get; }

    /// <summary>A new random id.</summary>
    public static LayerId New() => new(RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>The id that every program gives the layer of this content on this parent: the content's digest, or for a child a hash of both.</summary>
    public static LayerId OfChain(LayerId? parent, Digest diffId) => parent is null
        ? Parse(diffId.Hex)
        : new LayerId(Digest.Sha256(Encoding.ASCII.GetBytes($"{parent.Value}+{diffId.Hex}")).Hex);

    /// <summary>The ids of a stack of layers, bottom first.</summary>
    public static IReadOnlyList<LayerId> OfChain(IEnumerable<Digest> diffIds)
    {
        var ids = new List<LayerId>();
        foreach (var diffId in diffIds)
            ids.Add(OfChain(ids.LastOrDefault(), diffId));
        return ids;
    }

    /// <summary>Reads a whole id.</summary>
    /// <exception cref="OcidException">InvalidArgument: not 64 lower-case hexadecimal digits.</exception>
    public static LayerId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new OcidException(ErrorKind.InvalidArgument, $"layer id {Quoted.Text(text)}: want 64 lower-case hexadecimal digits");

    /// <summary>Reads a whole id; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LayerId? id)
    {
        id = ContainerId.TryParse(text, out _) ? new LayerId(text) : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
