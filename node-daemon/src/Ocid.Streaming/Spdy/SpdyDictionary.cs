using System.Buffers.Binary;
using System.Text;

namespace Ocid.Streaming.Spdy;

/// <summary>The bytes that both sides of SPDY/3 begin the compression of headers with: words behind their lengths, then a line of text.</summary>
/// <remarks>https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/, 2.6.10.1</remarks>
internal static class SpdyDictionary
{
    /// <summary>The checksum by which a zlib stream names it.</summary>
    public const uint Adler32 = 0xe3c6a7c2;

    private const string Words =
        "options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow authorization cache-control "
        + "connection content-base content-encoding content-language content-length content-location content-md5 content-range content-type date etag "
        + "expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma "
        + "proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade user-agent vary via warning "
        + "www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie keep-alive origin";

    private const string Text =
        "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 Non-Authoritative Information204 No Content"
        + "301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented"
        + "503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
        + "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,public"
        + "privatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

    public static byte[] Create()
    {
        var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var word in Words.Split(' '))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, word.Length);
            bytes.Write(length);
            bytes.Write(Encoding.ASCII.GetBytes(word.Replace('_', ' ')));
        }

        bytes.Write(Encoding.ASCII.GetBytes(Text));
        return bytes.ToArray();
    }
}
