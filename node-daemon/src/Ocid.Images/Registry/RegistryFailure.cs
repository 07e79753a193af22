using System.Net;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Failures of a registry in our words.</summary>
internal static class RegistryFailure
{
    // The kubelet looks for this at the beginning of the message.
    private const string Unavailable = "RegistryUnavailable: ";

    public static OcidException Unreachable(string what, Exception cause) =>
        new(ErrorKind.Unavailable, $"{Unavailable}{what}: {(cause.InnerException ?? cause).Message}", cause);

    public static OcidException Stalled(string what, TimeSpan limit) =>
        new(ErrorKind.Unavailable, $"{Unavailable}{what}: nothing received for {limit.TotalSeconds:0} seconds");

    public static async Task<OcidException> OfAnswerAsync(string what, HttpResponseMessage answer, CancellationToken ct)
    {
        var status = answer.StatusCode;
        var text = $"{what}: {(int)status} {answer.ReasonPhrase}{await DetailAsync(answer, ct)}";
        return status switch
        {
            HttpStatusCode.NotFound => new OcidException(ErrorKind.NotFound, text),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new OcidException(ErrorKind.PermissionDenied, text),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new OcidException(ErrorKind.Unavailable, Unavailable + text),
            _ => new OcidException(ErrorKind.Internal, text),
        };
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            var body = await CappedBody.ReadAsync(answer, CappedBody.SmallLimit, "error", ct);
            return JsonSerializer.Deserialize(body, RegistryJson.Default.RegistryErrors)?.Errors is [{ } first, ..]
                ? $": {Quoted.Text($"{first.Code}: {first.Message}")}"
                : "";
        }
        catch (Exception e) when (e is JsonException or OcidException or HttpRequestException or IOException)
        {
            return ""; // the status says enough
        }
    }
}
