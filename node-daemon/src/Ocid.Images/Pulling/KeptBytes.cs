using Ocid.Storage;

namespace Ocid.Images.Pulling;

/// <summary>The part of a blob that an earlier attempt left.</summary>
/// <param name="Blob">Where the bytes are; more may be added behind them meanwhile.</param>
/// <param name="Start">Where in the blob they begin.</param>
/// <param name="End">Where they end.</param>
internal sealed record KeptBytes(PartialBlob Blob, long Start, long End);
