using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Ocid.Cluster.Testing.Reviews;

/// <summary>Who the bearer of a token is, and what he may: as a test says.</summary>
public sealed class Reviewer
{
    private readonly ConcurrentDictionary<string, string> _users = [];
    private readonly ConcurrentDictionary<(string User, string Verb, string Path), bool> _allowed = [];

    /// <summary>Makes a token known.</summary>
    public void Know(string token, string user) => _users[token] = user;

    /// <summary>Lets a user do something to a path that belongs to no resource.</summary>
    public void Allow(string user, string verb, string path) => _allowed[(user, verb, path)] = true;

    internal string? UserOf(string? authorization) =>
        authorization?.Split(' ', 2) is ["Bearer", var token] && _users.TryGetValue(token, out var user) ? user : null;

    internal JsonObject Token(JsonObject review)
    {
        review["status"] = _users.TryGetValue((string?)review["spec"]?["token"] ?? "", out var user)
            ? new JsonObject { ["authenticated"] = true, ["user"] = new JsonObject { ["username"] = user, ["groups"] = new JsonArray("system:authenticated") } }
            : new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };
        return review;
    }

    internal JsonObject Access(JsonObject review)
    {
        var spec = review["spec"];
        var path = spec?["nonResourceAttributes"];
        var isAllowed = _allowed.ContainsKey(((string?)spec?["user"] ?? "", (string?)path?["verb"] ?? "", (string?)path?["path"] ?? ""));
        review["status"] = new JsonObject { ["allowed"] = isAllowed };
        return review;
    }
}
