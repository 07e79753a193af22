namespace Ocid.Primitives;

/// <summary>The closed set of failures that modules report; the CRI module maps each to one gRPC status.</summary>
public enum ErrorKind
{
    /// <summary>A bug or a failure of the machine that fits nothing else.</summary>
    Internal,

    /// <summary>The object does not exist.</summary>
    NotFound,

    /// <summary>An object of that name exists already.</summary>
    AlreadyExists,

    /// <summary>The request itself is wrong and would be wrong again.</summary>
    InvalidArgument,

    /// <summary>The object is not in a state that allows the operation.</summary>
    FailedPrecondition,

    /// <summary>A limit was reached: disk, descriptors, processes, or a cap on untrusted input.</summary>
    ResourceExhausted,

    /// <summary>A peer (registry, plugin, runtime) cannot be reached now; trying again may help.</summary>
    Unavailable,

    /// <summary>The time that the caller gave ran out.</summary>
    DeadlineExceeded,

    /// <summary>The caller, or this process, may not do this.</summary>
    PermissionDenied,

    /// <summary>The operation is not supported here.</summary>
    Unimplemented,

    /// <summary>Stored or received data is not what it claims to be.</summary>
    DataLoss,

    /// <summary>A conflicting operation won; trying again may help.</summary>
    Aborted,
}
