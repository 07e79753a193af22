using Ocid.Linux;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Client;

// A reply with its descriptors; for an exec also the end of the process.
internal sealed record Answer(Reply Reply, List<FileDescriptor> Descriptors, Task<ExitStatus?>? Exited);
