using System.CommandLine;
using System.Reflection;
using Ocid.Cluster.Api;
using Ocid.Operator.Controllers;
using Ocid.Operator.Manifests;
using Ocid.Operator.Planning;
using Ocid.Operator.Rendering;

namespace Ocid.Operator.Commands;

/// <summary>The options that say which cluster a verb looks at.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string[]> _files = new("--filename", "-f")
    {
        Description = "Manifests, as kubectl prints them or as they are to be applied; - is the standard input; a later object takes the place of an earlier one",
        HelpName = "FILE",
    };

    private readonly Option<bool> _cluster = new("--cluster")
    {
        Description = "Ask the cluster, and look at what it has as the manifests would change it; without manifests the cluster is asked anyway",
    };

    private readonly ScopeOptions _scope = new();
    private readonly ConnectionOptions _connection = new();
    private readonly ProtectedImageOptions _images = new();

    /// <summary>Renders as this program's version would.</summary>
    public static Renderer Renderer { get; } = new(typeof(ClusterOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);

    public void AddTo(Command command)
    {
        command.Options.Add(_files);
        command.Options.Add(_cluster);
        _scope.AddTo(command);
        _images.AddTo(command);
        _connection.AddTo(command);
    }

    /// <exception cref="ManifestException">A manifest is wrong; everything is listed.</exception>
    public async Task<ClusterSnapshot> ReadAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        var (files, scope) = (parsed.GetValue(_files) ?? [], _scope.Read(parsed));
        var images = _images.Read(parsed, scope);
        ClusterSnapshot? cluster = null;
        if (files.Length == 0 || parsed.GetValue(_cluster))
        {
            using var connection = _connection.Connect(parsed);
            cluster = new Snapshots(images).Of(await ClusterObjects.ListAsync(new ClusterClient(connection), scope, ct));
        }

        var reader = new ClusterReader(scope.Namespace, cluster);
        foreach (var file in files)
        {
            if (file == "-")
            {
                reader.Read("standard input", terminal.Input);
            }
            else
            {
                using var content = File.OpenText(file);
                reader.Read(file, content);
            }
        }

        return reader.Finish(images);
    }
}
