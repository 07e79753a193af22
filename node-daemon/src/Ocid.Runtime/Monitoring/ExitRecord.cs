using System.Text.Json;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring;

/// <summary>The file <c>exit.json</c> in a container's state directory: its exit, for a daemon that was not there and has lost its monitor too.</summary>
public static class ExitRecord
{
    private const string FileName = "exit.json";

    /// <summary>Reads it; null when there is none, so that the container had not ended while it was monitored.</summary>
    /// <exception cref="OcidException">DataLoss: the file is not what we write.</exception>
    public static ContainerExit? TryRead(string stateDirectory)
    {
        var path = Path.Combine(stateDirectory, FileName);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), MonitorJson.Default.ExitState)?.ToExit();
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException damaged)
        {
            throw new OcidException(ErrorKind.DataLoss, $"read {path}: {damaged.Message}", damaged);
        }
    }

    // Renamed into place, so that it is there whole or not at all. No fsync: it is for this boot only.
    internal static void Write(string stateDirectory, ExitState exit)
    {
        var path = Path.Combine(stateDirectory, FileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(exit, MonitorJson.Default.ExitState));
        File.Move(path + ".new", path, overwrite: true);
    }
}
