using Ocid.Images.Registry;

namespace Ocid.Images.Tests;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("https://registry.example.com/", true)]
    [InlineData("http://registry.example.com/", false)] // no HTTP_PROXY
    [InlineData("https://localhost/", false)]
    [InlineData("https://127.0.0.1:5000/", false)]
    [InlineData("https://inside.test/", false)]
    [InlineData("https://deep.inside.test/", false)]
    [InlineData("https://notinside.test/", true)]
    [InlineData("https://below.test/", true)]
    [InlineData("https://a.below.test/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://11.1.2.3/", true)]
    [InlineData("https://192.0.2.7/", false)]
    [InlineData("https://port.test:444/", false)]
    [InlineData("https://port.test/", true)]
    [InlineData("https://[2001:db8::1]/", false)]
    public void The_proxy_is_used_as_go_would(string address, bool proxied)
    {
        var environment = new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = "proxy.test:3128",
            ["no_proxy"] = "inside.test, .below.test,10.0.0.0/8,192.0.2.7,port.test:444,2001:db8::/32",
        };
        var proxy = new EnvironmentProxy(environment.GetValueOrDefault);

        proxy.IsBypassed(new Uri(address)).Should().Be(!proxied);
        if (proxied)
            proxy.GetProxy(new Uri(address)).Should().Be(new Uri("http://proxy.test:3128"));
    }
}
