using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Reads storage.conf, ocid.toml, its drop-ins and the flags, in this order: later wins.</summary>
internal sealed class ConfigurationFiles(ConfigurationRequest request)
{
    private readonly Mentions _mentions = new();
    private readonly List<string> _files = [];
    private readonly List<string> _errors = [];

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
        return _errors.Count == 0 ? new LoadedConfiguration(options, settings.Settings, _files) : throw new ConfigurationException(_errors);
    }

    private IEnumerable<string> DropIns() => InDirectory(request.File + ".d", "*.toml");

    // The first that exists, then its drop-ins, as today's containers/storage reads them. Drop-ins count without the file that they are beside, too.
    private IEnumerable<string> StorageFiles() =>
        request.StorageFiles.FirstOrDefault(file => File.Exists(file) || InDirectory(file + ".d", "*.conf").Any()) is { } file
            ? InDirectory(file + ".d", "*.conf").Prepend(file).Where(File.Exists)
            : [];

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
            return TomlParser.Parse(File.ReadAllBytes(file));
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
