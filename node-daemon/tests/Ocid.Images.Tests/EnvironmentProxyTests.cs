using System.Net;
using System.Net.Sockets;
using System.Text;
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
    [InlineData("https://172.16.9.9/", false)]
    [InlineData("https://172.17.9.9/", true)]
    [InlineData("https://192.0.2.7/", false)]
    [InlineData("https://port.test:444/", false)]
    [InlineData("https://port.test/", true)]
    [InlineData("https://[2001:db8::1]/", false)]
    public void The_proxy_is_used_as_go_would(string address, bool proxied)
    {
        var environment = new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = "proxy.test:3128",
            ["no_proxy"] = "inside.test, .below.test,10.0.0.0/8,172.16.1.2/16,192.0.2.7,port.test:444,2001:db8::/32",
        };
        var proxy = new EnvironmentProxy(environment.GetValueOrDefault);

        proxy.IsBypassed(new Uri(address)).Should().Be(!proxied);
        if (proxied)
            proxy.GetProxy(new Uri(address)).Should().Be(new Uri("http://proxy.test:3128"));
    }

    [Fact]
    public void Name_and_password_are_for_the_proxy_alone()
    {
        var proxy = new EnvironmentProxy(name => name == "HTTPS_PROXY" ? "http://me:se%40cret@proxy.test:3128" : null);

        var address = proxy.GetProxy(new Uri("https://registry.test/"))!;

        address.Should().Be(new Uri("http://proxy.test:3128"));
        proxy.Credentials!.GetCredential(address, "Basic").Should().BeEquivalentTo(new { UserName = "me", Password = "se@cret" });
        proxy.Credentials.GetCredential(new Uri("https://registry.test/"), "Basic").Should().BeNull();
    }

    [Fact]
    public async Task A_proxy_gets_its_password_and_the_registry_does_not()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var seen = AnswerAsync(listener);
        using var handler = new SocketsHttpHandler { Proxy = new EnvironmentProxy(name => name == "HTTP_PROXY" ? $"http://me:secret@{listener.LocalEndpoint}" : null) };
        using var http = new HttpClient(handler);

        (await http.GetStringAsync(new Uri("http://registry.test/v2/"))).Should().Be("passed");

        (await seen).Should().Contain("GET http://registry.test/v2/").And.Contain("Proxy-Authorization: Basic bWU6c2VjcmV0").And.NotContain("\nAuthorization");
    }

    // The first request is refused, the second one passes.
    private static async Task<string> AnswerAsync(TcpListener listener)
    {
        var seen = new StringBuilder();
        foreach (var answer in new[] { "407 No\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0", "200 OK\r\nContent-Length: 6" })
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                seen.Append(line).Append('\n');
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nConnection: close\r\n\r\n{(answer[0] == '2' ? "passed" : "")}"));
        }

        return seen.ToString();
    }
}
