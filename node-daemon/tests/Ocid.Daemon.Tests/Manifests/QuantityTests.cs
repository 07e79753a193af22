using System.Globalization;
using Ocid.Daemon.Manifests;

namespace Ocid.Daemon.Tests.Manifests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("+1", "1")]
    [InlineData("0.5", "0.5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("500m", "0.5")]
    [InlineData("250u", "0.00025")]
    [InlineData("7n", "0.000000007")]
    [InlineData("64Mi", "67108864")]
    [InlineData("1.5Gi", "1610612736")]
    [InlineData("2k", "2000")]
    [InlineData("2Ki", "2048")]
    [InlineData("3M", "3000000")]
    [InlineData("3P", "3000000000000000")]
    [InlineData("1e3", "1000")]
    [InlineData("12E2", "1200")]
    [InlineData("5e-1", "0.5")]
    public void A_quantity_has_the_value_it_says(string text, string value)
    {
        Quantity.TryParse(text, out var quantity).Should().BeTrue();
        quantity!.Value.Should().Be(decimal.Parse(value, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-1")]
    [InlineData("1K")]
    [InlineData("1mi")]
    [InlineData("1 Gi")]
    [InlineData("1,5")]
    [InlineData("1e")]
    [InlineData("1e3Ki")]
    [InlineData("99Ei")]
    [InlineData("1e99")]
    [InlineData("٣")]
    public void What_is_no_quantity_is_refused(string text) => Quantity.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Parts_are_rounded_up()
    {
        Quantity.TryParse("1500u", out var quantity).Should().BeTrue();

        quantity!.Thousandths.Should().Be(2);
        quantity.Units.Should().Be(1);
    }
}
