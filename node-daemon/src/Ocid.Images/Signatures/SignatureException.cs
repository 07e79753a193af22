using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>A signature that proves nothing, and why.</summary>
internal sealed class SignatureException(string message, Exception? inner = null) : OcidException(ErrorKind.PermissionDenied, message, inner);
