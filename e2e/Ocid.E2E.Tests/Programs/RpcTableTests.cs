using System.Reflection;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Programs;

/// <summary>The README's table says which calls are there: each is made, with an empty request, and what is not there says Unimplemented.</summary>
public sealed partial class RpcTableTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task The_readme_says_which_calls_are_implemented()
    {
        var promised = TableRow().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["state"].Value == "yes");
        await using var node = await StartNodeAsync();

        var found = new Dictionary<string, bool>();
        foreach (var (client, service) in new (ClientBase, Type)[] { (node.Runtime, typeof(RuntimeService)), (node.Images, typeof(ImageService)) })
        {
            foreach (var call in Calls(client.GetType()))
                found[call.Name] = await IsImplementedAsync(client, call);
        }

        found.Should().HaveCount(41);
        promised.Should().BeEquivalentTo(found);
        await node.StopAsync();
    }

    /// <summary>The methods that take a request, metadata and deadline; those with an Async suffix have a twin that blocks.</summary>
    private static IEnumerable<(string Name, MethodInfo Method)> Calls(Type client) =>
        from method in client.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let parameters = method.GetParameters()
        where parameters.Length == 4 && typeof(IMessage).IsAssignableFrom(parameters[0].ParameterType)
        where typeof(IDisposable).IsAssignableFrom(method.ReturnType)
        let name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name[..^"Async".Length] : method.Name
        select (name, method);

    private static async Task<bool> IsImplementedAsync(ClientBase client, (string Name, MethodInfo Method) call)
    {
        var request = Activator.CreateInstance(call.Method.GetParameters()[0].ParameterType);
        try
        {
            using var running = (IDisposable)call.Method.Invoke(client, [request, null, DateTime.UtcNow.AddSeconds(5), CancellationToken.None])!;
            await (running.GetType().GetProperty("ResponseAsync")?.GetValue(running) as Task ?? FirstAnswerAsync(running));
            return true;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode != StatusCode.Unimplemented;
        }
    }

    /// <summary>A stream that has nothing to say yet is implemented; one that is not says so at once.</summary>
    private static async Task FirstAnswerAsync(IDisposable stream)
    {
        var answers = stream.GetType().GetProperty("ResponseStream")!.GetValue(stream)!;
        var first = (Task<bool>)answers.GetType().GetMethod("MoveNext", [typeof(CancellationToken)])!.Invoke(answers, [CancellationToken.None])!;
        if (await Task.WhenAny(first, Task.Delay(500)) == first)
            await first;
    }

    [GeneratedRegex(@"^\| \d+ \| (?<name>\w+) \| (?<state>yes|no) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
