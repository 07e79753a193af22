using System.Text;
using Ocid.Streaming.Commands;

namespace Ocid.Streaming.Tests.Commands;

public sealed class ResizeEventsTests
{
    [Fact]
    public async Task Sizes_are_read_wherever_they_are_cut()
    {
        var resizes = new ResizeEvents();
        var channel = new TextChannel("{\"Width\":80,\"Hei", "ght\":24}\n{\"Width\":132,\"Height\":4", "3}");

        await resizes.ReadAsync(channel, CancellationToken.None);

        resizes.Sizes.TryRead(out var size).Should().BeTrue();
        size.Should().Be(new TerminalSize(132, 43), "the latest counts");
        resizes.Sizes.Completion.IsCompleted.Should().BeTrue();
    }

    [Theory]
    [InlineData("{\"Width\":0,\"Height\":24}")]
    [InlineData("{\"Width\":65536,\"Height\":24}")]
    [InlineData("{\"Width\":80}")]
    [InlineData("[1,2]")]
    [InlineData("hello")]
    [InlineData("{\"Width\":\"80\",\"Height\":24}")]
    public async Task What_is_no_size_ends_the_reading_quietly(string text)
    {
        var resizes = new ResizeEvents();

        await resizes.ReadAsync(new TextChannel(text), CancellationToken.None);

        resizes.Sizes.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task An_object_without_end_is_not_kept()
    {
        var resizes = new ResizeEvents();
        var channel = new TextChannel([.. Enumerable.Repeat("{\"a\":" + new string(' ', 500), 100)]);

        await resizes.ReadAsync(channel, CancellationToken.None);

        channel.Discarded.Should().BeTrue();
        channel.Left.Should().BeGreaterThan(90);
    }

    private sealed class TextChannel(params string[] pieces) : ByteChannel
    {
        private readonly Queue<byte[]> _pieces = new(pieces.Select(Encoding.UTF8.GetBytes));

        public bool Discarded { get; private set; }

        public int Left => _pieces.Count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_pieces.TryDequeue(out var piece))
                return ValueTask.FromResult(0);
            var count = Math.Min(piece.Length, buffer.Length);
            piece.AsSpan(0, count).CopyTo(buffer.Span);
            return ValueTask.FromResult(count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override ValueTask CompleteAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public override ValueTask ResetAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public override void DiscardInput() => Discarded = true;
    }
}
