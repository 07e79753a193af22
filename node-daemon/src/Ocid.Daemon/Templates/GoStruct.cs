namespace Ocid.Daemon.Templates;

/// <summary>A value with fields, in their order.</summary>
internal sealed record GoStruct(params IReadOnlyList<(string Name, object? Value)> Fields);
