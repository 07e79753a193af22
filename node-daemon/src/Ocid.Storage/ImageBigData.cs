namespace Ocid.Storage;

/// <summary>Data that the store keeps beside an image.</summary>
/// <param name="Key">Its key, such as <c>manifest</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ImageBigData(string Key, ReadOnlyMemory<byte> Content);
