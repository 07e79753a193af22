using Ocid.Demo;
using Ocid.E2E.Nodes;
using Ocid.Testing;

var options = DemoOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("usage: Ocid.Demo [--ocid FILE] [--runtime runc|crun] [-- PROGRAM [ARGUMENT]...]\n       Ocid.Demo --build-images");
    return 2;
}
if (options.ImagesOnly)
{
    await TestImages.BusyboxAsync();
    await TestImages.DebianAsync();
    return 0;
}
if (options.Program is not null)
    Environment.SetEnvironmentVariable("OCID_PROGRAM", options.Program);
if (NodeRequirements.Missing() is { } sentence)
{
    Console.Error.WriteLine($"demo: {sentence}");
    return 1;
}
if (options.Command.Count > 0)
    return await new CommandOnNode(options.Runtime).RunAsync(options.Command);

var steps = new Steps(Console.Out);
try
{
    await new PodDemo(steps, options.Runtime).RunAsync();
    return 0;
}
catch (Exception failure)
{
    // The end of the program: whatever went wrong is told, with the step that it went wrong in.
    steps.Fail(failure);
    return 1;
}
