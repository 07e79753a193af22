namespace Ocid.Daemon.Commands.Progress;

/// <summary>One line of <c>--progress json</c>.</summary>
internal sealed record ProgressMessage
{
    /// <summary>What happens.</summary>
    public string? Status { get; init; }

    /// <summary>The layer that it happens to, or the image.</summary>
    public string? Id { get; init; }

    public ProgressDetail? ProgressDetail { get; init; }

    /// <summary>The images that are there at the end.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
