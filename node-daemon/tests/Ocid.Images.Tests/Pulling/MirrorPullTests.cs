using System.Text;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Pulling;

/// <summary>Pulls through real registries as mirrors and origins.</summary>
public sealed class MirrorPullTests
{
    [SkippableFact]
    public async Task The_mirror_serves_and_the_image_has_its_own_name()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var mirror = await LocalRegistry.StartAsync();
        await mirror.PushAsync(await TestImages.BusyboxAsync(), "cache/busybox", "v1");
        await store.WriteAsync("registries.conf", Conf("origin.example", "127.0.0.1:1", mirror.Host + "/cache"));

        var pulled = await store.PullNamedAsync("origin.example/busybox:v1");

        store.Served.Should().Equal(mirror.Host);
        var image = await store.Catalog.FindAsync(pulled.Id.Value, CancellationToken.None);
        image!.RepoTags.Should().Equal("origin.example/busybox:v1");
        image.RepoDigests.Should().Equal($"origin.example/busybox@{pulled.ManifestDigest}");
    }

    [SkippableFact]
    public async Task A_change_of_registries_conf_is_in_force_with_the_next_pull()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var one = await LocalRegistry.StartAsync();
        await using var two = await LocalRegistry.StartAsync();
        await one.PushAsync(await TestImages.BusyboxAsync(), "busybox", "v1");
        await two.PushAsync(await TestImages.BusyboxAsync(), "busybox", "v1");
        await store.WriteAsync("registries.conf", Conf("origin.example", one.Host));
        await store.PullNamedAsync("origin.example/busybox:v1");

        await store.WriteAsync("registries.conf.d/mirror.conf", Conf("origin.example", one.Host, two.Host));
        await store.PullNamedAsync("origin.example/busybox:v1");
        await store.WriteAsync("registries.conf.d/mirror.conf", "[[registry]]\nlocation = 7"); // what was stays
        await store.PullNamedAsync("origin.example/busybox:v1");
        File.Delete(Path.Combine(store.Etc, "registries.conf.d/mirror.conf"));
        await store.PullNamedAsync("origin.example/busybox:v1");

        store.Served.Should().Equal(one.Host, two.Host, two.Host, one.Host);
    }

    [SkippableFact]
    public async Task A_mirror_that_lost_its_blobs_is_helped_out_by_the_origin()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var mirror = await LocalRegistry.StartAsync();
        await using var origin = await LocalRegistry.StartAsync();
        await mirror.PushAsync(await TestImages.BusyboxAsync(), "busybox", "v1");
        await origin.PushAsync(await TestImages.BusyboxAsync(), "busybox", "v1");
        await mirror.LoseBlobsAsync("busybox", "v1");
        await store.WriteAsync("registries.conf", Conf("origin.example", origin.Host, mirror.Host));

        var pulled = await store.PullNamedAsync("origin.example/busybox:v1");

        store.Served.Should().Equal(mirror.Host);
        (await store.Catalog.FindAsync(pulled.Id.Value, CancellationToken.None)).Should().NotBeNull();
    }

    [SkippableFact]
    public async Task Short_names_are_pulled_from_the_first_registry_that_has_them_and_found_again()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var empty = await LocalRegistry.StartAsync();
        await using var full = await LocalRegistry.StartAsync();
        await full.PushAsync(await TestImages.BusyboxAsync(), "team/app", "v1");
        await store.WriteAsync("registries.conf", $"unqualified-search-registries = ['{empty.Host}', '{full.Host}']\n{Conf(empty.Host, empty.Host)}{Conf(full.Host, full.Host)}");

        var pulled = await store.PullNamedAsync("team/app:v1");

        pulled.Reference.ToString().Should().Be($"{full.Host}/team/app:v1");
        (await store.Catalog.FindAsync("team/app:v1", CancellationToken.None))!.Id.Should().Be(pulled.Id);
        await store.Catalog.RemoveAsync("team/app:v1", CancellationToken.None);
        store.Store.Images.Should().BeEmpty();
        var missing = () => store.PullNamedAsync("team/none:v1");
        (await missing.Should().ThrowAsync<OcidException>()).Which.Message.Should().Contain(empty.Host).And.Contain(full.Host);
    }

    [SkippableFact]
    public async Task Credentials_given_with_a_short_name_go_to_none_of_several_registries()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var one = new ScriptedRegistry(context =>
        {
            context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"test\"");
            return ScriptedRegistry.SendAsync(context, [], status: System.Net.HttpStatusCode.Unauthorized);
        });
        await store.WriteAsync("registries.conf", $"unqualified-search-registries = ['{one.Host}', '127.0.0.1:1']\n{Conf(one.Host, one.Host)}{Conf("127.0.0.1:1", "127.0.0.1:1")}");

        var pull = () => store.PullNamedAsync("team/app:v1", new RegistryCredentials { Username = "u", Password = "p" });

        await pull.Should().ThrowAsync<OcidException>();
        one.Requests.Should().NotBeEmpty().And.OnlyContain(request => request.Authorization == null);
    }

    private static string Conf(string prefix, string location, params string[] mirrors) => new StringBuilder()
        .Append($"[[registry]]\nprefix = '{prefix}'\nlocation = '{location}'\ninsecure = true\n")
        .AppendJoin("", mirrors.Select(mirror => $"[[registry.mirror]]\nlocation = '{mirror}'\ninsecure = true\n")).ToString();
}
