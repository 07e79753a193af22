using System.Text.Encodings.Web;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>One JSON object a line for programs, with the members and words of Docker's API, to which podman's last line is added.</summary>
/// <remarks>https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Image/operation/ImageCreate</remarks>
/// <param name="terminal">Where to.</param>
/// <param name="moving">Docker's word for a layer on its way: <c>Downloading</c>.</param>
/// <param name="ended">Its word for one that has come.</param>
/// <param name="there">Its word for one that was there.</param>
internal sealed class LayerMessages(Terminal terminal, string moving, string ended, string there) : ILayerScreen
{
    private static readonly ProgressJson s_json = new(new JsonSerializerOptions(ProgressJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly Lock _gate = new();

    public void Moving(Digest layer, long done, long total) =>
        Write(new ProgressMessage { Status = moving, Id = layer.ToString(), ProgressDetail = new ProgressDetail(done, total) });

    public void Ended(Digest layer, long total, bool reused) => Write(new ProgressMessage { Status = reused ? there : ended, Id = layer.ToString() });

    public void Write(ProgressMessage message)
    {
        lock (_gate)
            terminal.Error.WriteLine(JsonSerializer.Serialize(message, s_json.ProgressMessage));
    }
}
