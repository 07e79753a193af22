using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Primitives;

namespace Ocid.Storage.Tests;

public sealed class StoreOptionsTests
{
    [Fact]
    public async Task Another_driver_than_overlay_is_refused_by_its_name()
    {
        var open = () => Store.OpenAsync(new StoreOptions { Root = "/tmp/x", RunRoot = "/tmp/y", Driver = "btrfs" }, NullLoggerFactory.Instance, CancellationToken.None);

        (await open.Should().ThrowAsync<OcidException>()).WithMessage("storage driver \"btrfs\": only overlay is supported");
    }
}
