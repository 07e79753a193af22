using Ocid.Primitives;

namespace Ocid.Streaming.Tests.Offers;

public sealed class OfferBookTests
{
    private static readonly ExecOffer Offer = new("c1", new StdioShape(false, true, false, false), ["true"]);

    private readonly ManualTime _time = new();
    private readonly OfferBook _book;

    public OfferBookTests() => _book = new OfferBook(TimeSpan.FromMinutes(1), _time);

    [Fact]
    public void An_offer_is_taken_once()
    {
        var token = _book.Add(Offer);

        _book.Take("exec", token).Should().Be(Offer);
        _book.Take("exec", token).Should().BeNull();
    }

    [Fact]
    public void A_token_of_another_verb_takes_nothing() => _book.Take("attach", _book.Add(Offer)).Should().BeNull();

    [Fact]
    public void Nobody_comes_for_an_offer_that_is_too_old()
    {
        var token = _book.Add(Offer);
        _time.Advance(TimeSpan.FromSeconds(61));

        _book.Take("exec", token).Should().BeNull();
    }

    [Fact]
    public void Offers_that_wait_are_bounded_and_old_ones_make_room()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => _book.Add(Offer)).ToHashSet();
        tokens.Should().HaveCount(1000);

        FluentActions.Invoking(() => _book.Add(Offer)).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.ResourceExhausted);

        _time.Advance(TimeSpan.FromMinutes(2));
        _book.Add(Offer).Should().NotBeEmpty();
    }
}
