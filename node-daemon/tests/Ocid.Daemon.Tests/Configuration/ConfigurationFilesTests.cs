using System.Net;
using Microsoft.Extensions.Logging;
using Ocid.Daemon.Configuration;
using Ocid.Streaming;
using Ocid.Toml;

namespace Ocid.Daemon.Tests.Configuration;

public sealed class ConfigurationFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Nothing_configured_gives_the_defaults()
    {
        var options = Load("").Options;

        options.ApiSocket.Should().Be("/run/ocid/ocid.sock");
        options.MonitorSocket.Should().Be("/run/ocid/monitor.sock");
        options.StartsMonitor.Should().BeTrue();
        options.MetricsAddress.Should().Be(IPEndPoint.Parse("127.0.0.1:9537"));
        options.LogLevel.Should().Be(LogLevel.Information);
        options.Storage.Should().BeEquivalentTo(new StorageOptions { Root = "/var/lib/containers/storage", RunRoot = "/run/containers/storage", Driver = "overlay", MountOptions = [], ImageStore = null, AdditionalImageStores = [], Durable = true });
        options.Runtime.DefaultHandler.Should().Be("runc");
        options.Runtime.Handlers.Should().Equal(new RuntimeHandlerOptions("runc", "/usr/sbin/runc", "/run/ocid/runc"));
        options.Runtime.PidsLimit.Should().BeNull();
        options.Network.CacheDirectory.Should().Be("/var/lib/ocid/cni");
    }

    [Fact]
    public void Images_are_configured_by_our_directory_then_everybodys()
    {
        var images = Load("").Options.Images;
        images.ConfigurationDirectories.Should().Equal("/etc/ocid", "/etc/containers");
        images.AuthFile.Should().BeNull();

        images = Load("[images]\nconfig_dirs = ['/etc/ocid/revisions/1']\nauth_file = '/var/lib/kubelet/config.json'").Options.Images;
        images.ConfigurationDirectories.Should().Equal("/etc/ocid/revisions/1");
        images.AuthFile.Should().Be("/var/lib/kubelet/config.json");
    }

    [Fact]
    public void Streaming_is_on_loopback_without_TLS_unless_configured_and_TLS_needs_both_files()
    {
        var streaming = Load("").Options.Streaming;
        streaming.Endpoint.Should().Be(new IPEndPoint(IPAddress.Loopback, 0));
        streaming.IdleTimeout.Should().Be(TimeSpan.FromHours(4));
        streaming.Tls.Should().BeNull();

        streaming = Load("[streaming]\naddress = ':10010'\nidle_timeout = '5m'\ncreation_timeout = '10s'\ntls_cert_file = '/tls.crt'\ntls_key_file = '/tls.key'\ntls_client_ca_file = '/ca.crt'").Options.Streaming;
        streaming.Endpoint.Should().Be(IPEndPoint.Parse("0.0.0.0:10010"));
        streaming.IdleTimeout.Should().Be(TimeSpan.FromMinutes(5));
        streaming.CreationTimeout.Should().Be(TimeSpan.FromSeconds(10));
        streaming.Tls.Should().Be(new StreamingTls("/tls.crt", "/tls.key", "/ca.crt"));

        Errors("[streaming]\ntls_cert_file = '/tls.crt'").Should().ContainSingle().Which.Should().Contain("streaming.tls_key_file: TLS needs a certificate and its key");
        Errors("[streaming]\naddress = ''").Should().ContainSingle().Which.Should().Contain("streaming.address: want address:port");
    }

    [Fact]
    public void Directories_move_what_lives_in_them()
    {
        var options = Load("run_dir = '/tmp/x/'\nstate_dir = '/tmp/y'").Options;

        options.ApiSocket.Should().Be("/tmp/x/ocid.sock");
        options.MonitorSocket.Should().Be("/tmp/x/monitor.sock");
        options.Runtime.Handlers[0].Root.Should().Be("/tmp/x/runc");
        options.Network.CacheDirectory.Should().Be("/tmp/y/cni");
    }

    [Fact]
    public void The_monitor_can_be_left_to_the_init_system() =>
        Load("[monitor]\nstarted_by = 'init'").Options.StartsMonitor.Should().BeFalse();

    [Fact]
    public void Later_drop_ins_win_over_earlier_and_over_the_file_and_flags_over_all()
    {
        _directory.Write("ocid.toml.d/20-b.toml", "[storage]\nroot = '/b'\ndurability = 'none'\nmount_options = ['nodev']");
        _directory.Write("ocid.toml.d/10-a.toml", "[storage]\ndurability = 'syncfs'\nroot = '/a'");
        _directory.Write("ocid.toml.d/30-not.toml.bak", "nonsense");

        var loaded = Load("[storage]\nroot = '/main'\nrunroot = '/main'", ("--storage-root", "storage.root", new TomlString("/flag")));

        loaded.Options.Storage.Should().BeEquivalentTo(new StorageOptions { Root = "/flag", RunRoot = "/main", Driver = "overlay", MountOptions = ["nodev"], ImageStore = null, AdditionalImageStores = [], Durable = false });
        loaded.Settings.Single(setting => setting.Name == "durability").Origin!.ToString().Should().Be($"{_directory.At("ocid.toml.d/20-b.toml")}:3:14");
        loaded.Settings.Single(setting => setting is { Table: "storage", Name: "root" }).Origin!.ToString().Should().Be("--storage-root");
        loaded.Files.Should().HaveCount(3);
    }

    [Fact]
    public void Storage_conf_stands_beneath_ocid_toml_and_may_hold_what_is_not_ours()
    {
        _directory.Write("storage.conf", """
            [storage]
            driver = "overlay"
            graphroot = "/graph"
            runroot = "/run/graph"
            imagestore = "/images"
            rootless_storage_path = "$HOME/x"
            [storage.options]
            mountopt = "general"
            additionalimagestores = ["/usr/lib/images", "/mnt/images"]
            [storage.options.overlay]
            mountopt = "nodev, noatime"
            """);

        Load("[storage]\nrunroot = '/mine'").Options.Storage.Should().BeEquivalentTo(
            new StorageOptions
            {
                Root = "/graph",
                RunRoot = "/mine",
                Driver = "overlay",
                MountOptions = ["nodev", "noatime"],
                ImageStore = "/images",
                AdditionalImageStores = ["/usr/lib/images", "/mnt/images"],
                Durable = true,
            });
    }

    [Fact]
    public void Drop_ins_of_storage_conf_stand_above_it_and_count_without_it()
    {
        _directory.Write("storage.conf.d/10-driver.conf", "[storage]\ndriver = \"vfs\"\ngraphroot = \"/ten\"");
        _directory.Write("storage.conf.d/20-root.conf", "[storage]\ngraphroot = \"/twenty\"");
        Load("").Options.Storage.Should().Match<StorageOptions>(storage => storage.Driver == "vfs" && storage.Root == "/twenty");

        _directory.Write("storage.conf", "[storage]\ngraphroot = \"/graph\"\nrunroot = \"/run/graph\"");

        Load("").Options.Storage.Should().Match<StorageOptions>(storage => storage.Root == "/twenty" && storage.RunRoot == "/run/graph");
    }

    [Fact]
    public void What_a_distribution_ships_counts_where_the_administrator_has_no_file_of_the_name()
    {
        _directory.Write("vendor/storage.conf", "[storage]\ngraphroot = \"/vendor\"\nrunroot = \"/run/vendor\"");
        _directory.Write("vendor/storage.conf.d/00-vendor.conf", "[storage]\ndriver = \"vfs\"");
        _directory.Write("vendor/storage.rootful.conf.d/00-stores.conf", "[storage.options]\nadditionalimagestores = [\"/usr/lib/images\"]");
        Load("").Options.Storage.Should().Match<StorageOptions>(
            storage => storage.Root == "/vendor" && storage.RunRoot == "/run/vendor" && storage.Driver == "vfs" && storage.AdditionalImageStores.SequenceEqual(new[] { "/usr/lib/images" }));

        _directory.Write("storage.conf", "[storage]\ngraphroot = \"/graph\"");
        _directory.Write("storage.conf.d/00-vendor.conf", "");

        Load("").Options.Storage.Should().Match<StorageOptions>(
            storage => storage.Root == "/graph" && storage.RunRoot == "/run/containers/storage" && storage.Driver == "overlay" && storage.AdditionalImageStores.Count == 1);
    }

    [Fact]
    public void A_driver_that_storage_conf_asks_for_and_we_lack_is_an_error()
    {
        var file = _directory.Write("storage.conf", "[storage]\ndriver = \"btrfs\"");

        Errors("").Should().Equal($"{file}:2:10: storage.driver: \"btrfs\": not supported: use overlay, on any file system with extended attributes, or vfs, which copies (and shares the copies' blocks on btrfs and xfs)");
    }

    [Fact]
    public void Handlers_are_the_installed_runtimes_and_the_configured_ones()
    {
        var options = Load("[runtime]\ndefault_runtime = 'kata'\n[runtime.handlers.kata]\nprogram = '/opt/kata'\n[runtime.handlers.crun]").Options;

        options.Runtime.DefaultHandler.Should().Be("kata");
        options.Runtime.Handlers.Should().Equal(
            new RuntimeHandlerOptions("runc", "/usr/sbin/runc", "/run/ocid/runc"),
            new RuntimeHandlerOptions("crun", "/usr/bin/crun", "/run/ocid/crun"),
            new RuntimeHandlerOptions("kata", "/opt/kata", "/run/ocid/kata"));
    }

    [Fact]
    public void Every_error_is_listed_with_its_place_and_key()
    {
        var file = _directory.At("ocid.toml");
        var dropIn = _directory.Write("ocid.toml.d/a.toml", "[api]\nlisten = 1\n");
        var broken = _directory.Write("ocid.toml.d/b.toml", "[api\n");

        Errors("""
            rundir = "/run/x"
            state_dir = "relative"
            log_level = "loud"
            api = 3
            [storge]
            driver = "vfs"
            [storage]
            drivr = "vfs"
            durability = true
            mount_options = ["a", 1]
            conf_dir = "/etc"
            [metrics]
            address = "nine"
            [runtime]
            default_runtime = "none"
            pids_limit = -1
            [runtime.handlers.Bad_Name]
            [runtime.handlers.runc]
            path = "/x"
            """).Should().BeEquivalentTo(
            $"{broken}:1:5: expected ']' after api, found the end of the line",
            $"{file}:2:13: state_dir: want an absolute path, found \"relative\"",
            $"{file}:3:13: log_level: want trace, debug, info, warn, error, found \"loud\"",
            $"{dropIn}:2:10: api.listen: want a string, found an integer",
            $"{file}:13:11: metrics.address: want address:port, :port, or nothing, found \"nine\"",
            $"{file}:9:14: storage.durability: want a string, found a boolean",
            $"{file}:10:23: storage.mount_options: want a string, found an integer",
            $"{file}:17:1: runtime.handlers.Bad_Name: a handler's name has at most 63 lower-case letters, digits and '-', as a RuntimeClass has",
            $"{file}:15:19: runtime.default_runtime: no handler none: there is runc, Bad_Name",
            $"{file}:16:14: runtime.pids_limit: want a positive number, or 0 for no limit",
            $"{file}:1:1: unknown key rundir (did you mean run_dir?)",
            $"{file}:4:7: api: want a table, found an integer",
            $"{file}:5:2: unknown table storge (did you mean storage?)",
            $"{file}:8:1: unknown key storage.drivr (did you mean storage.driver?)",
            $"{file}:11:1: unknown key storage.conf_dir (did you mean network.conf_dir?)",
            $"{file}:19:1: unknown key runtime.handlers.runc.path");
    }

    [Fact]
    public void A_host_without_any_runtime_is_told_so()
    {
        _directory.Write("ocid.toml", "");

        var load = () => ConfigurationFiles.Load(Request() with { FindProgram = _ => null });

        load.Should().Throw<ConfigurationException>().WithMessage("runtime.default_runtime: no handler runc: neither runc nor crun is installed, and no [runtime.handlers.NAME] is configured");
    }

    [Fact]
    public void A_named_file_must_exist() =>
        new Action(() => ConfigurationFiles.Load(Request())).Should().Throw<ConfigurationException>().WithMessage($"{_directory.At("ocid.toml")}: no such file");

    [Fact]
    public void A_socket_path_may_be_an_endpoint_but_not_too_long()
    {
        Load("[api]\nlisten = 'unix:///run/x.sock'").Options.ApiSocket.Should().Be("/run/x.sock");
        Errors($"[monitor]\nsocket = '/{new string('x', 107)}'").Should().ContainSingle().Which.Should().EndWith("2:10: monitor.socket: a socket's path has at most 107 bytes");
    }

    [Fact]
    public void The_defaults_as_a_file_are_valid_once_uncommented()
    {
        var text = SettingsText.Defaults(Load("").Settings);
        var uncommented = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line.TrimStart('#')));

        Load(uncommented).Options.Should().BeEquivalentTo(Load("").Options);
    }

    [Fact]
    public void The_values_in_force_name_who_set_them()
    {
        var text = SettingsText.InForce(Load("[storage]\nroot = '/a'").Settings);

        text.Should().Contain($"\n[storage]\nroot = \"/a\"  # {_directory.At("ocid.toml")}:2:8\nrunroot = \"/run/containers/storage\"\n");
    }

    private IReadOnlyList<string> Errors(string content) => new Action(() => Load(content)).Should().Throw<ConfigurationException>().Which.Errors;

    private LoadedConfiguration Load(string content, params (string, string, TomlValue)[] flags)
    {
        _directory.Write("ocid.toml", content);
        return ConfigurationFiles.Load(Request() with { Flags = flags });
    }

    private ConfigurationRequest Request() => new()
    {
        File = _directory.At("ocid.toml"),
        StorageFiles = [[_directory.At("absent")], [_directory.At("storage.conf"), _directory.At("vendor/storage.conf")]],
        FindProgram = name => name == "runc" ? "/usr/sbin/runc" : null,
    };
}
