using System.Net.Http.Headers;
using System.Text;

namespace Ocid.Images.Registry;

/// <summary>How a registry wants its callers to prove themselves.</summary>
/// <param name="Scheme"><c>basic</c> or <c>bearer</c>.</param>
/// <param name="Parameters">Realm, service and scope.</param>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    /// <summary>The challenge that we can answer, bearer before basic; null where there is none.</summary>
    public static Challenge? From(HttpResponseHeaders headers) => headers.WwwAuthenticate
        .Select(value => new Challenge(value.Scheme.ToLowerInvariant(), Split(value.Parameter ?? "")))
        .Where(challenge => challenge.Scheme is "bearer" or "basic")
        .MaxBy(challenge => challenge.Scheme == "bearer");

    // key=token or key="quoted, with \" escapes", by commas
    private static Dictionary<string, string> Split(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
                break;

            var key = text[at..equals].Trim(' ', ',');
            at = equals + 1;
            parameters.TryAdd(key, Value(text, ref at));
        }

        return parameters;
    }

    private static string Value(string text, ref int at)
    {
        if (at < text.Length && text[at] == '"')
            return QuotedValue(text, ref at);

        var start = at;
        at = text.IndexOf(',', at) is var comma and >= 0 ? comma : text.Length;
        return text[start..at].Trim();
    }

    private static string QuotedValue(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }

        at++;
        return value.ToString();
    }
}
