using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Ocid.Cluster.Testing.Objects;
using Ocid.Cluster.Testing.Reviews;
using Ocid.Cluster.Testing.Watches;
using Ocid.Cluster.Testing.Writes;

namespace Ocid.Cluster.Testing.Requests;

/// <summary>What answers which request.</summary>
internal sealed class Router(ObjectStore store, Lists lists, ObjectWriter writer, Reviewer reviewer, Func<TimeSpan> bookmarks)
{
    private const string TokenReviews = "/apis/authentication.k8s.io/v1/tokenreviews";
    private const string AccessReviews = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

    private readonly Evictions _evictions = new(store, writer);

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        switch (request.Path.Value)
        {
            case "/version":
                await SendAsync(context, HttpStatusCode.OK, """{"major":"1","minor":"0","gitVersion":"double"}"""u8.ToArray());
                break;
            case "/readyz" or "/livez" or "/healthz":
                await SendAsync(context, HttpStatusCode.OK, "ok"u8.ToArray());
                break;
            case TokenReviews when request.Method == "POST":
                await SendAsync(context, HttpStatusCode.Created, reviewer.Token(await BodyAsync(request)));
                break;
            case AccessReviews when request.Method == "POST":
                await SendAsync(context, HttpStatusCode.Created, reviewer.Access(await BodyAsync(request)));
                break;
            default:
                await AnswerAsync(context, ApiAddress.Parse(request.Path.Value!));
                break;
        }
    }

    public static Task SendAsync(HttpContext context, HttpStatusCode code, JsonObject answer) => SendAsync(context, code, JsonSerializer.SerializeToUtf8Bytes(answer));

    private async Task AnswerAsync(HttpContext context, ApiAddress address)
    {
        var request = context.Request;
        switch (request.Method, address)
        {
            case ("GET", { Name: null }) when request.Query["watch"] is var watch && (watch == "true" || watch == "1"):
                await new Watcher(store, address, new Selection(address, request.Query), bookmarks()).AnswerAsync(context);
                break;
            case ("GET", { Name: null }):
                await SendAsync(context, HttpStatusCode.OK, lists.Answer(address, new Selection(address, request.Query), request.Query));
                break;
            case ("GET", { Part: null or "status" }):
                await SendAsync(context, HttpStatusCode.OK, (store.Find(address.Kind, address.Key) ?? throw RefusalException.NotFound(address.Kind, address.Name)).Utf8);
                break;
            case ("POST", { Name: null }):
                await SendAsync(context, HttpStatusCode.Created, writer.Create(address, await BodyAsync(request)).Utf8);
                break;
            case ("POST", { Part: "eviction" }):
                _evictions.Evict(address, await BodyAsync(request));
                await SendAsync(context, HttpStatusCode.Created, Success());
                break;
            case ("PUT", { Name: not null, Part: null or "status" or "finalize" }):
                await SendAsync(context, HttpStatusCode.OK, writer.Replace(address, await BodyAsync(request)).Utf8);
                break;
            case ("PATCH", { Name: not null, Part: null or "status" }):
                await SendAsync(context, HttpStatusCode.OK, writer.Patch(address, await PatchAsync(request)).Utf8);
                break;
            case ("DELETE", { Name: not null, Part: null }):
                await SendAsync(context, HttpStatusCode.OK, writer.Delete(address, await OptionsAsync(request))?.Utf8 ?? JsonSerializer.SerializeToUtf8Bytes(Success()));
                break;
            default:
                throw RefusalException.Method();
        }
    }

    private static Task<JsonObject> PatchAsync(HttpRequest request) =>
        request.ContentType?.Split(';')[0] == "application/merge-patch+json"
            ? BodyAsync(request)
            : throw new RefusalException(HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/merge-patch+json");

    private static async Task<JsonObject> OptionsAsync(HttpRequest request)
    {
        var options = request.ContentLength is null or 0 ? [] : await BodyAsync(request);
        if (long.TryParse(request.Query["gracePeriodSeconds"], System.Globalization.CultureInfo.InvariantCulture, out var grace))
            options["gracePeriodSeconds"] = grace;
        return options;
    }

    private static async Task<JsonObject> BodyAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject ?? throw RefusalException.BadRequest("want an object");
        }
        catch (JsonException wrong)
        {
            throw RefusalException.BadRequest(wrong.Message);
        }
    }

    private static JsonObject Success() => new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };

    private static async Task SendAsync(HttpContext context, HttpStatusCode code, byte[] answer)
    {
        context.Response.StatusCode = (int)code;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }
}
