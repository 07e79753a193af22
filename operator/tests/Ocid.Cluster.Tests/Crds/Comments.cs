using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ocid.Cluster.Entities;

namespace Ocid.Cluster.Tests.Crds;

/// <summary>The summaries of documentation comments: what `kubectl explain` shows.</summary>
internal static partial class Comments
{
    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.ChangeExtension(typeof(RuntimeConfig).Assembly.Location, ".xml"))
        .Descendants("member").Where(member => member.Element("summary") is not null)
        .ToDictionary(member => (string)member.Attribute("name")!, member => Space().Replace(member.Element("summary")!.Value, " ").Trim());

    public static string Of(Type type) => Summaries[$"T:{type.FullName}"];

    public static string Of(PropertyInfo property) => Summaries[$"P:{property.DeclaringType!.FullName}.{property.Name}"];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
