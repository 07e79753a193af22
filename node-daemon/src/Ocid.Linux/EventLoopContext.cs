namespace Ocid.Linux;

// Brings awaits of code on the loop back to the loop.
internal sealed class EventLoopContext(EventLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("an event loop is never waited for");

    public override SynchronizationContext CreateCopy() => this;
}
