namespace Ocid.Revisions.Tests;

public sealed class RevisionSecretTests
{
    private static string[] Keys(params string[] paths) => [.. RevisionSecret.KeysOf(paths.Select(RevisionPath.Parse))];

    [Fact]
    public void A_key_is_the_path_with_what_no_key_may_hold_replaced() =>
        Keys("certs.d/registry.example:5000/ca.crt").Should().Equal("certs.d_registry.example_5000_ca.crt");

    [Fact]
    public void Two_paths_never_share_a_key()
    {
        var keys = Keys("a/b", "a:b", "a_b");

        keys.Should().OnlyHaveUniqueItems().And.OnlyContain(key => RevisionSecret.IsKey(key));
        keys[0].Should().Be("a_b");
    }

    [Fact]
    public void A_long_path_gets_a_key_all_the_same()
    {
        var names = string.Join('/', Enumerable.Repeat(new string('x', 200), 4));

        Keys(names + "/a", names + "/b").Should().OnlyHaveUniqueItems().And.OnlyContain(key => RevisionSecret.IsKey(key));
    }

    [Fact]
    public void Its_name_names_the_revision()
    {
        var hash = RevisionHash.Parse("0123456789abcdef");

        RevisionSecret.NameOf(hash).Should().Be("rev-0123456789abcdef");
        RevisionSecret.TryParseName("rev-0123456789abcdef", out var read).Should().BeTrue();
        read.Should().Be(hash);
        RevisionSecret.TryParseName("rev-0123456789ABCDEF", out _).Should().BeFalse();
        RevisionSecret.TryParseName("default-token", out _).Should().BeFalse();
    }
}
