using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Failures of a registry in our words.</summary>
internal static class RegistryFailure
{
    public static OcidException Unreachable(string what, Exception cause) =>
        new RegistryUnavailableException($"{what}: {(cause.InnerException ?? cause).Message}", inner: cause);

    public static OcidException Stalled(string what, TimeSpan limit) =>
        new RegistryUnavailableException($"{what}: nothing received for {limit.TotalSeconds:0} seconds");

    public static async Task<OcidException> OfAnswerAsync(string what, HttpResponseMessage answer, TimeProvider time, CancellationToken ct)
    {
        var text = $"{what}: {(int)answer.StatusCode} {answer.ReasonPhrase}{await DetailAsync(answer, ct)}";
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => new OcidException(ErrorKind.NotFound, text),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new OcidException(ErrorKind.PermissionDenied, text),
            HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => new OcidException(ErrorKind.Unimplemented, text),
            HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage => new OcidException(ErrorKind.ResourceExhausted, text),
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new RegistryUnavailableException(text, After(answer.Headers.RetryAfter, time)),
            _ => new OcidException(ErrorKind.Internal, text),
        };
    }

    private static TimeSpan? After(RetryConditionHeaderValue? header, TimeProvider time) =>
        header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);

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
