using System.Net;
using System.Text.Json.Nodes;
using Ocid.Cluster.Testing.Kinds;

namespace Ocid.Cluster.Testing.Requests;

/// <summary>What the API server says when it does not do what it is asked, in the real one's words where clients or people go by them.</summary>
public sealed class RefusalException(HttpStatusCode code, string reason, string message) : Exception(message)
{
    public HttpStatusCode Code { get; } = code;

    public string Reason { get; } = reason;

    /// <summary>For the header Retry-After.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static RefusalException NotFound(ApiKind kind, string name) => new(HttpStatusCode.NotFound, "NotFound", $"{kind} \"{name}\" not found");

    public static RefusalException NoResource() => new(HttpStatusCode.NotFound, "NotFound", "the server could not find the requested resource");

    public static RefusalException AlreadyExists(ApiKind kind, string name) => new(HttpStatusCode.Conflict, "AlreadyExists", $"{kind} \"{name}\" already exists");

    public static RefusalException Conflict(ApiKind kind, string name) => Conflict(kind, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static RefusalException Conflict(ApiKind kind, string name, string why) => new(HttpStatusCode.Conflict, "Conflict", $"Operation cannot be fulfilled on {kind} \"{name}\": {why}");

    public static RefusalException Gone(string message) => new(HttpStatusCode.Gone, "Expired", message);

    public static RefusalException BadRequest(string message) => new(HttpStatusCode.BadRequest, "BadRequest", message);

    public static RefusalException Invalid(ApiKind kind, string name, string why) =>
        new(HttpStatusCode.UnprocessableEntity, "Invalid", $"{kind.Kind}{(kind.Group.Length == 0 ? "" : "." + kind.Group)} \"{name}\" is invalid: {why}");

    public static RefusalException Method() => new(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    public static RefusalException TooMany(string message, int? retryAfterSeconds = null) => new(HttpStatusCode.TooManyRequests, "TooManyRequests", message) { RetryAfterSeconds = retryAfterSeconds };

    public JsonObject ToStatus() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = Reason,
        ["code"] = (int)Code,
    };
}
