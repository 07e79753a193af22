using Ocid.Agent.Hosts;
using Ocid.Agent.Staging;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Toml;

namespace Ocid.Agent.Applying;

/// <summary>The trial of what is in force: the daemon answers and is ready, its version and handlers are those asked for, and a pod runs to its end.</summary>
internal sealed class Verification(NodeParts parts, NodePaths paths, StagedRevisions staged)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <returns>What the daemon said about itself.</returns>
    /// <exception cref="OcidException">It does not work; the message says what.</exception>
    public async Task<RuntimeReport> RunAsync(RevisionDocument? document, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(parts.VerifyLimit);
        var report = await ReadyAsync(limit.Token, ct).ConfigureAwait(false);
        if (document is not null)
            Compare(report, document);
        try
        {
            await parts.Runtime.RunCanaryAsync(limit.Token).ConfigureAwait(false);
            return report;
        }
        catch (OcidException failure)
        {
            throw new OcidException(failure.Kind, $"the canary pod does not run: {failure.Message}", failure);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new OcidException(ErrorKind.DeadlineExceeded, $"the canary pod is not done after {parts.VerifyLimit.TotalSeconds:0} s");
        }
    }

    // A daemon that was just started or told to read its files needs a moment, and says nothing when it is ready.
    private async Task<RuntimeReport> ReadyAsync(CancellationToken limited, CancellationToken ct)
    {
        var reason = "it does not answer";
        while (!limited.IsCancellationRequested)
        {
            try
            {
                var report = await parts.Runtime.ReportAsync(limited).ConfigureAwait(false);
                if (report.WhyNotReady is null)
                    return report;
                reason = report.WhyNotReady;
            }
            catch (OcidException failure) when (failure.Kind is ErrorKind.Unavailable or ErrorKind.DeadlineExceeded)
            {
                reason = failure.Message;
            }
            catch (OperationCanceledException) when (limited.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(Interval, limited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ct.ThrowIfCancellationRequested();
        throw new OcidException(ErrorKind.DeadlineExceeded, $"the daemon is not ready after {parts.VerifyLimit.TotalSeconds:0} s: {reason}");
    }

    private void Compare(RuntimeReport report, RevisionDocument document)
    {
        if (report.Version != document.Runtime.Version)
            throw new OcidException(ErrorKind.FailedPrecondition, $"the daemon that answers is {report.Version}, and the revision wants {document.Runtime.Version}");
        if (HandlersOf(document).Except(report.Handlers).FirstOrDefault() is { } missing)
            throw new OcidException(ErrorKind.FailedPrecondition, $"the daemon has no runtime handler {missing}: it has {string.Join(", ", report.Handlers)}");
    }

    private IEnumerable<string> HandlersOf(RevisionDocument document) => DropIns.FilesOf(document)
        .Select(file => TomlParser.Parse(File.ReadAllBytes(Path.Combine(paths.Local(staged.PathOf(document.Hash)), file))))
        .SelectMany(table => table.Table("runtime")?.Table("handlers")?.Entries.Select(entry => entry.Key) ?? []);
}
