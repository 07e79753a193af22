namespace Ocid.E2E.Pods;

public sealed record LogLine(DateTimeOffset Time, string Stream, string Message);
