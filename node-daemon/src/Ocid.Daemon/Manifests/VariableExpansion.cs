using System.Text;

namespace Ocid.Daemon.Manifests;

/// <summary>Expands <c>$(NAME)</c> in commands, arguments and variables, as the kubelet does before it asks the runtime.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/</remarks>
internal static class VariableExpansion
{
    /// <summary><c>$$(NAME)</c> stays <c>$(NAME)</c>; an unknown name stays as it is written.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        var expanded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
                continue;
            }

            i++;
            var close = text[i] == '(' ? text.IndexOf(')', i) : -1;
            if (text[i] == '$')
                expanded.Append('$');
            else if (close < 0)
                expanded.Append('$').Append(text[i]);
            else
            {
                expanded.Append(variables.TryGetValue(text[(i + 1)..close], out var value) ? value : text[(i - 1)..(close + 1)]);
                i = close;
            }
        }

        return expanded.ToString();
    }
}
