using System.Text;

namespace Ocid.Daemon.Commands;

/// <summary>Asks a person who types.</summary>
internal static class Prompt
{
    public static string Line(Terminal terminal, string question)
    {
        terminal.Error.Write(question);
        return terminal.Input().ReadLine() ?? "";
    }

    /// <summary>What is typed is not shown.</summary>
    public static string Secret(Terminal terminal, string question)
    {
        terminal.Error.Write(question);
        var secret = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } pressed)
        {
            if (pressed.Key == ConsoleKey.Backspace)
                secret.Length = Math.Max(0, secret.Length - 1);
            else if (pressed.KeyChar != 0)
                secret.Append(pressed.KeyChar);
        }

        terminal.Error.WriteLine();
        return secret.ToString();
    }
}
