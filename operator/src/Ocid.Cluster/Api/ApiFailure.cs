namespace Ocid.Cluster.Api;

/// <summary>Why the API server did not do what it was asked, as far as callers act on it.</summary>
public enum ApiFailure
{
    /// <summary>The object, or the whole resource, does not exist.</summary>
    NotFound,

    /// <summary>An object of that name exists already.</summary>
    AlreadyExists,

    /// <summary>The object is another than the request was made from: read it again.</summary>
    Conflict,

    /// <summary>The version is too old: list again.</summary>
    Gone,

    /// <summary>The caller may not do this, or is not known.</summary>
    Forbidden,

    /// <summary>The request is wrong and would be wrong again.</summary>
    Invalid,

    /// <summary>It would be too much now, for the server or for a disruption budget.</summary>
    TooMany,

    /// <summary>It did not answer, or not with an answer; trying again may help.</summary>
    Unavailable,
}
