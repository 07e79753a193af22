namespace Ocid.Linux;

/// <summary>A device by its two numbers.</summary>
/// <param name="Major">Which driver.</param>
/// <param name="Minor">Which of the driver's devices.</param>
public readonly record struct DeviceNumber(uint Major, uint Minor)
{
    // glibc's dev_t: 12 and 20 bits of old, the rest above them.
    internal ulong Encoded =>
        (Minor & 0xffUL) | ((Major & 0xfffUL) << 8) | ((Minor & ~0xffUL) << 12) | ((Major & ~0xfffUL) << 32);
}
