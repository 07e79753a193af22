using Ocid.Primitives;

namespace Ocid.Storage.Tests;

public sealed class LayerIdTests
{
    // What buildah of Debian 12 made of these two layers.
    [Fact]
    public void A_chain_has_the_ids_that_peers_compute() =>
        LayerId.OfChain(
        [
            Digest.Parse("sha256:0a67c2047e342cce4e383829efb3733a5838f424ae89d819749bfb4caa934f21"),
            Digest.Parse("sha256:97d305e85962f1181f1257236de6f7b64b2650c818a862eb3745164fb285d455"),
        ]).Select(id => id.Value).Should().Equal(
            "0a67c2047e342cce4e383829efb3733a5838f424ae89d819749bfb4caa934f21", "98ff9c6504e2c0a54a84130aa6eb39339e04288298061263c0a34958d7ad61ec");
}
