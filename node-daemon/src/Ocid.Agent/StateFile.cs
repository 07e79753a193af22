using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Agent;

/// <summary>One small file of the agent's state, replaced whole and durably.</summary>
internal sealed class StateFile<T>(string path, JsonTypeInfo<T> json)
    where T : class
{
    public bool Exists => File.Exists(path);

    /// <summary>Its content; null where it is not there.</summary>
    /// <exception cref="OcidException">DataLoss: it is no such file.</exception>
    public T? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), json);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException damaged)
        {
            throw new OcidException(ErrorKind.DataLoss, $"{path}: {damaged.Message}", damaged);
        }
    }

    public void Write(T content) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, json));

    public void Delete()
    {
        File.Delete(path);
        FileSystems.SyncDirectory(Path.GetDirectoryName(path)!);
    }
}
