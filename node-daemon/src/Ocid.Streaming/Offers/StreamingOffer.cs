namespace Ocid.Streaming;

/// <summary>What the bearer of a URL may do, once.</summary>
public abstract record StreamingOffer
{
    /// <summary>The first part of the URL's path.</summary>
    internal abstract string Verb { get; }

    /// <summary>The container or pod, for the log.</summary>
    internal abstract string Subject { get; }
}
