using Ocid.Linux;

namespace Ocid.Cri.Streaming;

/// <summary>This process's ends of a command's standard streams.</summary>
/// <param name="Input">What the command reads is written here.</param>
/// <param name="Output">What it prints is read here; with a terminal the same as the input.</param>
/// <param name="Error">What it prints to standard error is read here.</param>
/// <param name="Master">The terminal, to resize.</param>
internal sealed record ProcessDescriptors(PolledDescriptor? Input, PolledDescriptor? Output, PolledDescriptor? Error, FileDescriptor? Master) : IDisposable
{
    /// <summary>Those of a command on a terminal.</summary>
    /// <param name="master">The terminal; the caller's to close, after this.</param>
    public static ProcessDescriptors Of(FileDescriptor master)
    {
        var both = new PolledDescriptor(EventLoop.Shared, Descriptor.Duplicate(master));
        return new ProcessDescriptors(both, both, null, master);
    }

    public void Dispose()
    {
        Input?.Dispose();
        Output?.Dispose();
        Error?.Dispose();
    }
}
