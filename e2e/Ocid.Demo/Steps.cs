using System.Diagnostics;
using System.Globalization;

namespace Ocid.Demo;

/// <summary>The steps of the demonstration on the terminal: a line for each, with its time and what came of it.</summary>
internal sealed class Steps(TextWriter output)
{
    private readonly Stopwatch total = Stopwatch.StartNew();
    private string running = "start";
    private int count;

    public void Title(string text) => output.WriteLine($"\n{text}\n");

    public async Task<T> RunAsync<T>(string name, Func<Task<T>> step, Func<T, string> outcome)
    {
        running = name;
        var watch = Stopwatch.StartNew();
        var result = await step();
        var time = watch.Elapsed.TotalMilliseconds.ToString("#,0", CultureInfo.InvariantCulture);
        output.WriteLine($"  {++count,2}. {name,-46} {time,7} ms   {outcome(result)}");
        return result;
    }

    public Task RunAsync(string name, Func<Task> step, string outcome = "") =>
        RunAsync(name, async () => { await step(); return outcome; }, text => text);

    public void Done(string text) =>
        output.WriteLine($"\n{text} ({count} steps, {total.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s)");

    public void Fail(Exception failure) => output.WriteLine($"\n  failed at '{running}': {failure.Message}");
}
