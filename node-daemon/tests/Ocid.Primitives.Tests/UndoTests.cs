namespace Ocid.Primitives.Tests;

public sealed class UndoTests
{
    [Fact]
    public async Task Steps_run_in_reverse_and_each_has_its_turn()
    {
        var ran = new List<int>();
        var undo = new Undo();
        undo.Push(() => ran.Add(1));
        undo.Push(() => throw new InvalidOperationException("two"));
        undo.Push(() => ran.Add(3));

        var dispose = async () => await undo.DisposeAsync();

        (await dispose.Should().ThrowAsync<AggregateException>()).WithInnerException<InvalidOperationException>();
        ran.Should().Equal(3, 1);
    }

    [Fact]
    public async Task Commit_keeps_what_was_done()
    {
        var ran = false;
        await using (var undo = new Undo())
        {
            undo.Push(() => ran = true);
            undo.Commit();
        }

        ran.Should().BeFalse();
    }
}
