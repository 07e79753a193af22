namespace Ocid.Cluster.Api;

/// <summary>A line of a watch.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Object">The object as it is now, or as it was last; null for a bookmark.</param>
/// <param name="Version">What the next watch begins after.</param>
/// <typeparam name="T">The object.</typeparam>
public sealed record WatchEvent<T>(WatchEventKind Kind, T? Object, string Version)
    where T : class;
