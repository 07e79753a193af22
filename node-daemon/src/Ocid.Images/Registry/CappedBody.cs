using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Bodies that are held in memory, and so are capped.</summary>
internal static class CappedBody
{
    /// <summary>For tokens and errors.</summary>
    public const int SmallLimit = 1 << 20;

    /// <summary>For manifests and configurations.</summary>
    public const int DocumentLimit = 4 << 20;

    // For the whole: who drips is no better than who is silent.
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(60);

    /// <exception cref="OcidException">ResourceExhausted: longer than the limit. Unavailable: not whole in time.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer, int limit, string what, CancellationToken ct)
    {
        if (answer.Content.Headers.ContentLength > limit)
            throw TooLarge(what, limit);

        using var time = new AnswerLimit(LongestTime, ct);
        using var body = new MemoryStream();
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(time.Token);
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, time.Token) is var length and > 0)
            {
                if (body.Length + length > limit)
                    throw TooLarge(what, limit);
                body.Write(buffer, 0, length);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RegistryUnavailableException($"{what}: the answer was not whole after {LongestTime.TotalSeconds:0} seconds");
        }

        return body.ToArray();
    }

    private static OcidException TooLarge(string what, int limit) =>
        new(ErrorKind.ResourceExhausted, $"{what}: the answer is longer than {limit} bytes");
}
