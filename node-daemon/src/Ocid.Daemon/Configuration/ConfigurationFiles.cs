using System.Security.Cryptography;
using Ocid.Primitives;
using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Reads storage.conf, ocid.toml, its drop-ins and the flags, in this order: later wins.</summary>
internal sealed class ConfigurationFiles(ConfigurationRequest request)
{
    private readonly Mentions _mentions = new();
    private readonly List<string> _files = [];
    private readonly List<string> _errors = [];
    private readonly List<byte[]> _digests = [];

    /// <exception cref="ConfigurationException">Something is wrong; every error is listed.</exception>
    public static LoadedConfiguration Load(ConfigurationRequest request) => new ConfigurationFiles(request).Load();

    private LoadedConfiguration Load()
    {
        foreach (var storage in StorageFiles())
        {
            if (Read(storage) is { } shared)
                StorageConf.AddTo(_mentions, storage, shared, _errors);
        }

        if (request.File != ConfigurationRequest.DefaultFile || File.Exists(request.File))
            Add(request.File);
        foreach (var dropIn in DropIns())
            Add(dropIn);
        foreach (var (flag, key, value) in request.Flags)
            _mentions.Add(key, value, new Origin(flag, default));

        var settings = new SettingReader(_mentions);
        var options = new OcidOptionsReader(settings, request.FindProgram).Read();
        settings.RefuseTheRest();
        _errors.AddRange(settings.Errors);
        return _errors.Count == 0 ? new LoadedConfiguration(options, settings.Settings, _files, Digest.Sha256([.. _digests.SelectMany(digest => digest)]).ToString()) : throw new ConfigurationException(_errors);
    }

    private IEnumerable<string> DropIns() => InDirectory(request.File + ".d", "*.toml");

    private IEnumerable<string> StorageFiles() => request.StorageFiles.Select(WithDropIns).FirstOrDefault(files => files.Any()) ?? [];

    // As today's containers/storage has it: the nearest file, then all drop-ins in the order of their names, of namesakes the nearest.
    private static IEnumerable<string> WithDropIns(IReadOnlyList<string> files) =>
        [
            .. files.Where(File.Exists).Take(1),
            .. files.Reverse().SelectMany(file => new[] { file + ".d", Path.ChangeExtension(file, ".rootful.conf.d") }).SelectMany(directory => InDirectory(directory, "*.conf"))
                .GroupBy(Path.GetFileName).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => same.Last()),
        ];

    private static IEnumerable<string> InDirectory(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal) : [];

    private void Add(string file)
    {
        if (Read(file) is { } document)
            _mentions.Add(file, document);
    }

    private TomlTable? Read(string file)
    {
        try
        {
            _files.Add(file);
            var content = File.ReadAllBytes(file);
            _digests.Add(SHA256.HashData(content));
            return TomlParser.Parse(content);
        }
        catch (TomlException failure)
        {
            _errors.Add($"{file}:{failure.Message}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _errors.Add($"{file}: {(failure is FileNotFoundException or DirectoryNotFoundException ? "no such file" : failure.Message)}");
        }

        return null;
    }
}
