using Ocid.Primitives;

namespace Ocid.Streaming;

/// <summary>Which standard streams a client asks for.</summary>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Terminal">Input and output are one terminal, which has no standard error of its own.</param>
public sealed record StdioShape(bool Input, bool Output, bool Error, bool Terminal)
{
    /// <summary>Refuses what no process can have.</summary>
    /// <exception cref="OcidException">InvalidArgument.</exception>
    /// <remarks>https://github.com/kubernetes/cri-api/blob/master/pkg/apis/runtime/v1/api.proto, ExecRequest and AttachRequest.</remarks>
    public void Check()
    {
        if (!Input && !Output && !Error)
            throw new OcidException(ErrorKind.InvalidArgument, "stdin, stdout and stderr: want at least one of them");
        if (Terminal && Error)
            throw new OcidException(ErrorKind.InvalidArgument, "stderr: a terminal has none, tty and stderr exclude each other");
    }
}
