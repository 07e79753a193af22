namespace Ocid.Primitives.Tests;

public sealed class UndoTests
{
    private readonly List<Exception> _left = [];

    [Fact]
    public async Task Steps_run_in_reverse_and_each_has_its_turn()
    {
        var ran = new List<int>();
        await using (var undo = new Undo(_left.Add))
        {
            undo.Push(() => ran.Add(1));
            undo.Push(() => throw new InvalidOperationException("two"));
            undo.Push(() => ran.Add(3));
        }

        ran.Should().Equal(3, 1);
        _left.Should().ContainSingle().Which.Message.Should().Be("two");
    }

    [Fact]
    public async Task The_failure_of_the_set_up_is_thrown_whatever_its_undo_does()
    {
        var setUp = async () =>
        {
            await using var undo = new Undo(_left.Add);
            undo.Push(() => throw new InvalidOperationException("undo"));
            throw new OcidException(ErrorKind.DeadlineExceeded, "set-up");
        };

        (await setUp.Should().ThrowAsync<OcidException>()).Which.Message.Should().Be("set-up");
        _left.Should().ContainSingle();
    }

    [Fact]
    public async Task A_step_that_hangs_leaves_the_others_their_time()
    {
        var cancelled = new List<bool>();
        await using (var undo = new Undo(_left.Add, TimeSpan.FromMilliseconds(50)))
        {
            undo.Push(bounded =>
            {
                cancelled.Add(bounded.IsCancellationRequested);
                return ValueTask.CompletedTask;
            });
            undo.Push(async bounded => await Task.Delay(Timeout.Infinite, bounded));
        }

        cancelled.Should().Equal(false);
        _left.Should().ContainSingle().Which.Should().BeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task Commit_keeps_what_was_done()
    {
        var ran = false;
        await using (var undo = new Undo(_left.Add))
        {
            undo.Push(() => ran = true);
            undo.Commit();
        }

        ran.Should().BeFalse();
    }
}
