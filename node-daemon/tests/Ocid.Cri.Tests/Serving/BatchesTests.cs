using Ocid.Cri.Serving;

namespace Ocid.Cri.Tests.Serving;

public sealed class BatchesTests
{
    [Fact]
    public void Large_items_travel_apart_and_each_once()
    {
        var pods = Enumerable.Range(0, 50).Select(i => new V1.PodSandbox { Id = $"{i}", Annotations = { ["large"] = new string('x', 100_000) } }).ToList();

        var batches = Batches.Of(pods).ToList();

        batches.SelectMany(batch => batch).Should().Equal(pods);
        batches.Should().HaveCountGreaterThan(1).And.OnlyContain(batch => batch.Sum(pod => pod.CalculateSize()) < 2 << 20);
    }

    [Fact]
    public void One_item_above_the_limit_travels_alone() =>
        Batches.Of([new V1.PodSandbox { Id = "a" }, new V1.PodSandbox { Id = new string('x', 3 << 20) }, new V1.PodSandbox { Id = "b" }]).Select(batch => batch.Count).Should().Equal(1, 1, 1);

    [Fact]
    public void Nothing_makes_no_batch() => Batches.Of<V1.PodSandbox>([]).Should().BeEmpty();
}
