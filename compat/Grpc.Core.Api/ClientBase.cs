namespace Grpc.Core;

public abstract class ClientBase
{
    private readonly ClientBaseConfiguration? _configuration;

    // For test doubles that override every call.
    protected ClientBase()
    {
    }

    protected ClientBase(ClientBaseConfiguration configuration) => _configuration = configuration;

    protected ClientBase(ChannelBase channel)
        : this(channel.CreateCallInvoker())
    {
    }

    protected ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker))
    {
    }

    protected CallInvoker CallInvoker => Configuration.CallInvoker;

    private protected ClientBaseConfiguration Configuration =>
        _configuration ?? throw new NotSupportedException("a client made without a channel has no call invoker");

    protected internal class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker callInvoker) => CallInvoker = callInvoker;

        internal CallInvoker CallInvoker { get; }
    }
}
