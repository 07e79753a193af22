using System.Diagnostics;
using Ocid.Storage.Overlay;

namespace Ocid.Storage.Tests.Drivers;

public sealed class MeasuredLayerTests
{
    [Theory]
    [InlineData(10, 60, true)]
    [InlineData(10, 1100, false)]
    [InlineData(0, 1, false)]
    public void A_layer_is_walked_again_when_a_hundred_times_as_long_has_passed_as_the_walk_took(int secondsOfTheWalk, int secondsSince, bool fresh) =>
        new MeasuredLayer(new StorageUsage("/layer", 1, 1), Stopwatch.GetTimestamp() - (secondsSince * Stopwatch.Frequency), TimeSpan.FromSeconds(secondsOfTheWalk))
            .Fresh.Should().Be(fresh);
}
