using System.Net.Http.Headers;

namespace Ocid.Images.Registry;

/// <summary>One request to a registry, which may have to be sent more than once.</summary>
/// <param name="Method">GET, HEAD, POST …</param>
/// <param name="Path">Below the repository's address, for example <c>manifests/latest</c>; or an address that the registry itself gave.</param>
/// <param name="What">What it is about, for errors.</param>
internal sealed record RegistryRequest(HttpMethod Method, Uri Path, string What)
{
    /// <summary>For the end of an upload: storage behind a registry may copy a large blob once more.</summary>
    public static readonly TimeSpan FinishLimit = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan OrdinaryLimit = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> Accept { get; init; } = [];

    public RangeHeaderValue? Range { get; init; }

    /// <summary>Makes the body, for each time that it is sent.</summary>
    public Func<AnswerLimit, HttpContent>? Content { get; init; }

    /// <summary>Another repository that the token must open for reading.</summary>
    public string? AlsoFrom { get; init; }

    /// <summary>For how long the registry may be silent.</summary>
    public TimeSpan Limit { get; init; } = OrdinaryLimit;

    public static RegistryRequest Get(string path, string what) => new(HttpMethod.Get, new Uri(path, UriKind.Relative), what);
}
