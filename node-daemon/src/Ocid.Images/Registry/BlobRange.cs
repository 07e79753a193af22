using System.Net;
using System.Net.Http.Headers;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Whether an answer with a part of a blob is the part that was asked for.</summary>
internal static class BlobRange
{
    /// <exception cref="OcidException">DataLoss: it is another one, or does not say which.</exception>
    public static void Check(string what, HttpResponseMessage answer, RangeItemHeaderValue? asked, long size)
    {
        if (answer.StatusCode != HttpStatusCode.PartialContent)
            return;

        var to = asked?.To ?? size - 1;
        var isAsked = asked is not null
            && answer.Content.Headers.ContentRange is { Unit: "bytes", HasRange: true } sent
            && sent.From == asked.From && sent.To == to && (sent.Length ?? size) == size
            && (answer.Content.Headers.ContentLength ?? (to - asked.From + 1)) == to - asked.From + 1;
        if (!isAsked)
            throw new OcidException(ErrorKind.DataLoss, $"{what}: bytes {asked?.ToString() ?? "all"} of {size} were asked for, the answer says {Quoted.Text(answer.Content.Headers.ContentRange?.ToString())}");
    }
}
