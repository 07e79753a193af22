namespace Ocid.Daemon.Tests.Sharing;

/// <summary>An image that a program put into the store.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Tree">Some of its files, with their content; null for one that a layer below has and the image has not.</param>
internal sealed record WrittenImage(string Name, IReadOnlyDictionary<string, string?> Tree);
