using Ocid.Cri.Images;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Images;

public sealed class CredentialsTests
{
    [Fact]
    public void Auth_is_base64_of_user_and_password() =>
        Credentials.From(new V1.AuthConfig { Auth = Convert.ToBase64String("me:pass:word"u8) })
            .Should().BeEquivalentTo(new { Username = "me", Password = "pass:word" });

    [Theory]
    [InlineData("!!!")]
    [InlineData("bm9jb2xvbg==")]
    public void What_is_not_base64_of_a_pair_is_refused(string auth) =>
        FluentActions.Invoking(() => Credentials.From(new V1.AuthConfig { Auth = auth })).Should().Throw<OcidException>();

    [Fact]
    public void Nothing_asked_is_anonymous() => Credentials.From(new V1.AuthConfig()).Should().BeNull();

    [Fact]
    public void The_server_that_is_named_is_the_only_one_that_gets_them()
    {
        Credentials.From(new V1.AuthConfig { Username = "me", Password = "x", ServerAddress = "https://quay.io/v2/" })!.Server.Should().Be("https://quay.io/v2/");
        Credentials.From(new V1.AuthConfig { Username = "me", Password = "x" })!.Server.Should().BeNull();
    }
}
