using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>A container of the store: a writable layer on an image, whoever runs it.</summary>
public sealed record ContainerRecord
{
    /// <summary>Its id.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>Its names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The id of its image, empty for none.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>Its writable layer.</summary>
    public required LayerId Layer { get; init; }

    /// <summary>Its creator's data.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>What it writes need not survive a crash of the machine.</summary>
    public bool Volatile { get; init; }

    /// <summary>The keys of the data that the store keeps beside it, with sizes in bytes.</summary>
    public IReadOnlyDictionary<string, long> BigDataSizes { get; init; } = new Dictionary<string, long>();

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }
}
