namespace Ocid.Runtime.Monitoring.Client;

internal sealed record PendingRequest(TaskCompletionSource<Answer> Done, Action<Answer>? Item, bool IsUpgrade);
