using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Ocid.Toml.Tests;

public sealed class RoundTripTests
{
    [Property(Arbitrary = [typeof(Documents)])]
    public void What_is_written_reads_back_the_same(TomlTable document) =>
        TomlWriter.Inline(TomlParser.Parse(TomlWriter.Write(document))).Should().Be(TomlWriter.Inline(Sorted(document)));

    [Property(Arbitrary = [typeof(Documents)])]
    public void An_inline_value_reads_back_the_same(TomlTable document) =>
        TomlWriter.Inline(TomlParser.Parse("a = " + TomlWriter.Inline(document))["a"]!).Should().Be(TomlWriter.Inline(document));

    [Property(MaxTest = 500)]
    public void Any_text_is_read_or_refused_with_a_place(NonNull<string> text)
    {
        try
        {
            TomlParser.Parse(text.Get);
        }
        catch (TomlException failure)
        {
            failure.Position.Line.Should().BePositive();
        }
    }

    // Headers come after plain values, so the order within a table may change once.
    private static TomlTable Sorted(TomlTable table) =>
        new(table.Entries.OrderBy(entry => HasHeader(entry.Value)).Select(entry => entry with
        {
            Value = entry.Value switch
            {
                TomlTable inner => Sorted(inner),
                TomlArray array when HasHeader(array) => new TomlArray([.. array.Select(item => Sorted((TomlTable)item))]),
                var other => other,
            },
        }));

    private static bool HasHeader(TomlValue value) => value is TomlTable || value is TomlArray { Count: > 0 } array && array.All(item => item is TomlTable);

    public static class Documents
    {
        private static readonly Gen<string> Text = Gen.OneOf(
            Gen.Elements("", "plain", "a b", "quote\"'", "back\\slash", "line\nbreak\r\n", "\u0000\u001b\u007f\u0085", "é🜚", "x.y", "'''\"\"\""),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => string.Concat(text.Get.Where(c => !char.IsSurrogate(c)))));

        private static readonly Gen<TomlValue> Scalar = Gen.OneOf(
            Text.Select(value => (TomlValue)new TomlString(value)),
            ArbMap.Default.GeneratorFor<long>().Select(value => (TomlValue)new TomlInteger(value)),
            ArbMap.Default.GeneratorFor<double>().Select(value => (TomlValue)new TomlFloat(value)),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (TomlValue)new TomlBoolean(value)),
            ArbMap.Default.GeneratorFor<DateTime>().Select(value => (TomlValue)new TomlLocalDateTime(value)),
            ArbMap.Default.GeneratorFor<DateTime>().Select(value => (TomlValue)new TomlOffsetDateTime(new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)))),
            ArbMap.Default.GeneratorFor<DateTime>().Select(value => (TomlValue)new TomlLocalDate(DateOnly.FromDateTime(value))),
            ArbMap.Default.GeneratorFor<DateTime>().Select(value => (TomlValue)new TomlLocalTime(TimeOnly.FromDateTime(value))));

        public static Arbitrary<TomlTable> Tables() => Gen.Sized(size => Table(Math.Min(size, 12))).ToArbitrary();

        private static Gen<TomlValue> Value(int size) => size <= 1
            ? Scalar
            : Gen.Frequency((3, Scalar), (1, Table(size / 3).Select(table => (TomlValue)table)), (1, Gen.ListOf(Value(size / 3), size % 4).Select(items => (TomlValue)new TomlArray([.. items]))));

        private static Gen<TomlTable> Table(int size) =>
            from keys in Gen.ListOf(Text, size)
            from values in Gen.ListOf(Value(size), size)
            select new TomlTable(keys.Zip(values, (key, value) => new TomlEntry(key, value)).DistinctBy(entry => entry.Key));
    }
}
