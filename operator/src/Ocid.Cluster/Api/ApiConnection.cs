using System.Net;
using System.Text.Json;
using k8s;
using Ocid.Cluster.Metrics;

namespace Ocid.Cluster.Api;

/// <summary>Sends requests with the connection's credentials, waits when the server says how long, and tells failures apart.</summary>
internal sealed class ApiConnection(Kubernetes connection, TimeProvider time, ClusterMetrics? metrics)
{
    private const int MostTries = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public TimeProvider Time { get; } = time;

    /// <summary>The answer's headers; its body follows.</summary>
    /// <exception cref="ApiException">It is no success.</exception>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            var response = await TryAsync(request, ct);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
            {
                // What was refused for being too much was not done: it can be sent again.
                var wait = RetryAfter(response);
                if (wait is null || wait > LongestWait || tries == MostTries || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    throw await FailureAsync(request, response, wait, ct);
                await Task.Delay(wait.Value, Time, ct);
            }
        }
    }

    private async Task<HttpResponseMessage> TryAsync(ApiRequest request, CancellationToken ct)
    {
        using var message = request.Message(connection.BaseUri);
        try
        {
            if (connection.Credentials is { } credentials)
                await credentials.ProcessHttpRequestAsync(message, ct);
            var response = await connection.HttpClient.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
            metrics?.Requested(request.Method, message.RequestUri!, response.StatusCode);
            return response;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            metrics?.Requested(request.Method, message.RequestUri!, null);
            if (failure is OperationCanceledException && ct.IsCancellationRequested)
                throw;
            throw new ApiException(ApiFailure.Unavailable, $"{request}: {Reason(failure)}", inner: failure);
        }
    }

    private static string Reason(Exception failure) => failure switch
    {
        OperationCanceledException => "no answer in time",
        HttpRequestException { InnerException: { } cause } => cause.Message,
        _ => failure.Message,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > Time.GetUtcNow() ? date - Time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<ApiException> FailureAsync(ApiRequest request, HttpResponseMessage response, TimeSpan? wait, CancellationToken ct)
    {
        ApiStatus? status = null;
        try
        {
            status = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), ClusterJson.Default.ApiStatus);
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException or IOException)
        {
            // A proxy's page, or nothing: the code says enough.
        }

        return new ApiException(
            ApiStatus.FailureOf(response.StatusCode, status?.Reason),
            $"{request}: {status?.Message ?? $"{(int)response.StatusCode} {response.ReasonPhrase}"}",
            wait);
    }
}
