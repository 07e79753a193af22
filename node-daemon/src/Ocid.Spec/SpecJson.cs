using System.Text.Json;
using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec;

/// <summary>The JSON form of the specification's documents: camel case, nothing written for what is null.</summary>
public static class SpecJson
{
    /// <summary>The content of a bundle's config.json.</summary>
    public static byte[] Write(RuntimeSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, SpecSerializerContext.Default.RuntimeSpec);

    /// <summary>The content of the process file that <c>runc exec --process</c> takes.</summary>
    public static byte[] Write(SpecProcess process) => JsonSerializer.SerializeToUtf8Bytes(process, SpecSerializerContext.Default.SpecProcess);

    /// <summary>The content of the resources file that <c>runc update --resources</c> takes.</summary>
    public static byte[] Write(LinuxResources resources) => JsonSerializer.SerializeToUtf8Bytes(resources, SpecSerializerContext.Default.LinuxResources);

    /// <summary>Reads a config.json.</summary>
    /// <exception cref="OcidException">InvalidArgument: not JSON, or not of the specification's shape.</exception>
    public static RuntimeSpec Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SpecSerializerContext.Default.RuntimeSpec)
                ?? throw new OcidException(ErrorKind.InvalidArgument, "runtime specification: null");
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"runtime specification: {Quoted.Text(malformed.Message)}", malformed);
        }
    }
}
