using Ocid.Linux;

namespace Ocid.Runtime.Monitoring;

/// <summary>What a streamed exec is given as its standard descriptors. They stay the caller's, who closes them once the exec has started.</summary>
/// <param name="Input">Read by the process; null is /dev/null.</param>
/// <param name="Output">Written by the process; null is /dev/null.</param>
/// <param name="Error">Written by the process; null is /dev/null.</param>
/// <param name="Terminal">Whether <see cref="ExecLaunch.Process"/> asks for a terminal: then the other three are not used, and <see cref="RunningExec.Master"/> is set.</param>
public sealed record ExecStdio(FileDescriptor? Input, FileDescriptor? Output, FileDescriptor? Error, bool Terminal = false);
