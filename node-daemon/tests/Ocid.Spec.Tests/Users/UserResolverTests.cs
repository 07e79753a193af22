using Ocid.Primitives;
using Ocid.Spec.Users;

namespace Ocid.Spec.Tests.Users;

public sealed class UserResolverTests
{
    private const string Passwd = """
        root:x:0:0:root:/root:/bin/sh
        # a comment
        web:x:33:34:web:/var/www:/bin/false
        wrap:x:4294967296:0:wraps to root:/:/bin/sh
        minus:x:-1:0::/:/bin/sh
        short:x:5
        1000:x:7:7:a name of digits:/:/bin/sh

        """;

    private const string Group = """
        root:x:0:
        web:x:34:
        logs:x:50:web,other
        disk:x:51:other
        more:x:52:web

        """;

    [Theory]
    [InlineData("", 0u, 0u)]
    [InlineData("web", 33u, 34u)]
    [InlineData("33", 33u, 34u)]
    [InlineData("web:disk", 33u, 51u)]
    [InlineData("web:7", 33u, 7u)]
    [InlineData("1000", 1000u, 0u)]
    [InlineData("1000:logs", 1000u, 50u)]
    [InlineData(":logs", 0u, 50u)]
    public void The_images_user_is_found(string user, uint uid, uint gid) =>
        Resolve(new UserRequest { ImageUser = user }).Should().BeEquivalentTo(new { Uid = uid, Gid = gid });

    [Theory]
    [InlineData("4294967296")]
    [InlineData("4294967295")]
    [InlineData("-1")]
    [InlineData("+0")]
    [InlineData("18446744073709551616")]
    [InlineData("nobody")]
    [InlineData("wrap")]
    [InlineData("minus")]
    [InlineData("short")]
    [InlineData("web:4294967296")]
    [InlineData("web:nogroup")]
    [InlineData("web\n")]
    public void What_is_no_user_is_refused(string user) =>
        FluentActions.Invoking(() => Resolve(new UserRequest { ImageUser = user })).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);

    [Fact]
    public void A_user_asked_for_wins_over_the_images_with_its_group() =>
        Resolve(new UserRequest { ImageUser = "33:51", RunAsUser = 2000 }).Should().BeEquivalentTo(new { Uid = 2000u, Gid = 0u, Name = (string?)null });

    [Fact]
    public void A_username_must_exist() =>
        Resolve(new UserRequest { RunAsUsername = "web", RunAsGroup = 9 }).Should().BeEquivalentTo(new { Uid = 33u, Gid = 9u, Home = "/var/www" });

    [Fact]
    public void A_group_without_a_user_is_refused() =>
        FluentActions.Invoking(() => Resolve(new UserRequest { ImageUser = "web", RunAsGroup = 9 })).Should().Throw<OcidException>();

    [Theory]
    [InlineData(-1L)]
    [InlineData(4294967295L)]
    [InlineData(4294967296L)]
    public void Numbers_outside_32_bits_are_refused(long number)
    {
        FluentActions.Invoking(() => Resolve(new UserRequest { RunAsUser = number })).Should().Throw<OcidException>();
        FluentActions.Invoking(() => Resolve(new UserRequest { RunAsUser = 1, RunAsGroup = number })).Should().Throw<OcidException>();
        FluentActions.Invoking(() => Resolve(new UserRequest { SupplementalGroups = [number] })).Should().Throw<OcidException>();
    }

    [Fact]
    public void Merge_takes_the_images_memberships_too() =>
        Resolve(new UserRequest { ImageUser = "web", SupplementalGroups = [900, 50] }).AdditionalGids.Should().Equal(34, 50, 52, 900);

    [Fact]
    public void Strict_takes_only_what_was_asked_for() =>
        Resolve(new UserRequest { ImageUser = "web", SupplementalGroups = [900], Policy = SupplementalGroupsPolicy.Strict }).AdditionalGids.Should().Equal(34, 900);

    private static ResolvedUser Resolve(UserRequest request) => UserResolver.Resolve(request, PasswdFile.Parse(Passwd), GroupFile.Parse(Group));
}
