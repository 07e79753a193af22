using Google.Protobuf;

namespace Ocid.Cri.Serving;

/// <summary>
/// Cuts a long list into messages that stay far below the 16 MiB that a kubelet takes at once: a hundred thousand small items or a few large ones
/// are as safe.
/// </summary>
internal static class Batches
{
    private const int MostBytes = 1 << 20;

    /// <summary>The items in their order, each once; no batch for no items.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> items)
        where T : IMessage
    {
        var batch = new List<T>();
        var bytes = 0;
        foreach (var item in items)
        {
            var size = item.CalculateSize();
            if (batch.Count > 0 && bytes + size > MostBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(item);
            bytes += size;
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
