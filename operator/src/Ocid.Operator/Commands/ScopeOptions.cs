using System.CommandLine;
using Ocid.Operator.Controllers;
using Ocid.Revisions;

namespace Ocid.Operator.Commands;

/// <summary>The options that say which namespaces are the operator's.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<string> _namespace = Name(
        "--namespace", "The release's namespace: where the Secrets and ConfigMaps are that RuntimeConfigs name", ClusterScope.DefaultNamespace, "-n");

    private readonly Option<string> _revisions = Name("--revisions-namespace", "The namespace of the revisions, which holds nothing else", RevisionSecret.DefaultNamespace);
    private readonly Option<string> _agents = Name("--agent-namespace", "The namespace of the agents' pods", ClusterScope.DefaultAgentNamespace);

    public void AddTo(Command command)
    {
        command.Options.Add(_namespace);
        command.Options.Add(_revisions);
        command.Options.Add(_agents);
    }

    public ClusterScope Read(ParseResult parsed) => new()
    {
        Namespace = parsed.GetValue(_namespace)!,
        RevisionsNamespace = parsed.GetValue(_revisions)!,
        AgentNamespace = parsed.GetValue(_agents)!,
    };

    private static Option<string> Name(string name, string description, string byDefault, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = "NAMESPACE", DefaultValueFactory = _ => byDefault };
}
