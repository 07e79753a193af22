using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Cri.State;

// One small JSON file, replaced atomically: a reader, or a start after a power cut, sees the old one or the new one.
internal static class StateFile
{
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(value, type), FileModes.OwnerOnly);

    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new JsonException("null");
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"read {path}: not a state file of this program: {malformed.Message}", malformed);
        }
    }
}
