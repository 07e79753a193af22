using Ocid.Primitives;

namespace Ocid.Runtime.Monitoring.Protocol;

internal sealed record Failure(ErrorKind Kind, string Message)
{
    public static Failure Of(Exception failure) =>
        new(failure is OcidException known ? known.Kind : ErrorKind.Internal, failure.Message);

    public OcidException ToException() => new(Kind, Message);
}
