using System.Text;
using System.Text.Json;
using Ocid.Primitives;
using Ocid.Storage.Layers;
using Ocid.Storage.Records;

namespace Ocid.Storage.Tests.Records;

public sealed class RecordReaderTests
{
    private static readonly LayerId s_id = LayerId.New();

    [Fact]
    public void A_member_of_another_shape_counts_as_absent_and_an_unknown_one_is_passed_over()
    {
        var layers = Layers($$"""
            [
                {
                    "future": {"id": "x", "flags": [{"incomplete": true}]}, "id": "{{s_id}}", "parent": 7, "diff-digest": {"id": "x"}, "diff-size": "1",
                    "compressed-size": 1.5, "created": "yesterday", "metadata": [["m"]], "big-data-names": {"a": 1}, "flags": [{"incomplete": true}]
                },
                5, ["id"], [{"id": "{{s_id}}"}], null, {"id": "short"}, {}
            ]
            """);

        layers.Should().Equal(new LayerRecord { Id = s_id, BigDataNames = layers[0].BigDataNames });
        layers[0].BigDataNames.Should().BeEmpty();
    }

    [Fact]
    public void Every_member_is_read_in_any_order_escaped_or_not()
    {
        var (parent, digest) = (LayerId.New(), Digest.Sha256("x"u8));
        var layer = Layers($$"""
            [{"flags": {"other": {"incomplete": false}, "incomplete": true}, "big-data-names": ["a\u003cb", 3, ["no"], "c"], "metadata": "m\"\u00e9", "created": "2024-01-02T03:04:05.123456789+02:00",
              "compressed-size": 5, "compressed-diff-digest": "{{digest}}", "diff-size": 6, "diff-digest": "{{digest}}", "parent": "{{parent}}", "id": "{{s_id}}"}]
            """).Single();

        layer.BigDataNames.Should().Equal("a<b", "c");
        layer.Should().Be(new LayerRecord
        {
            Id = s_id,
            Parent = parent,
            DiffId = digest,
            UncompressedSize = 6,
            CompressedDigest = digest,
            CompressedSize = 5,
            Created = new DateTimeOffset(2024, 1, 2, 1, 4, 5, TimeSpan.Zero).AddTicks(1234567),
            Metadata = "m\"é",
            BigDataNames = layer.BigDataNames,
            Incomplete = true,
        });
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"a\": [{\"id\": \"x\"}]}")]
    public void A_file_without_an_array_of_records_has_none(string json) => Layers(json).Should().BeEmpty();

    [Theory]
    [InlineData("[{\"id\": \"x\"")]
    [InlineData("[{}] x")]
    public void A_file_that_is_no_JSON_is_told(string json) => FluentActions.Invoking(() => Layers(json)).Should().Throw<JsonException>();

    private static List<LayerRecord> Layers(string json)
    {
        var reader = new RecordReader(Encoding.UTF8.GetBytes(json));
        var layers = new List<LayerRecord>();
        while (reader.NextRecord())
        {
            if (LayerJson.Read(ref reader) is { } layer)
                layers.Add(layer);
        }

        return layers;
    }
}
