using Microsoft.Extensions.Logging;
using Ocid.Images.Credentials;
using Ocid.Images.Live;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>The registries as this node knows them: names, mirrors, credentials, connections. One for all that pulls, pushes and looks.</summary>
public sealed partial class ImageRegistries : IDisposable
{
    private readonly ILogger _log;
    private readonly ILogger _sourceLog;
    private volatile LiveFiles<RegistryList> _list;
    private IReadOnlyList<string> _warned = [];
    private readonly LiveFiles<IReadOnlyDictionary<string, ShortNameAlias>> _recorded;

    /// <param name="options">Where the configuration is.</param>
    /// <param name="loggers">For which endpoint served what, and for files that are wrong.</param>
    public ImageRegistries(ImageRegistriesOptions options, ILoggerFactory loggers)
    {
        Options = options;
        Transport = new RegistryTransport(options.Roots, options.CertificateDirectory);
        _log = loggers.CreateLogger<ImageRegistries>();
        _sourceLog = loggers.CreateLogger<ImageSource>();
        _list = ListWith(options);
        _recorded = new LiveFiles<IReadOnlyDictionary<string, ShortNameAlias>>(files => RegistriesConf.ReadRecordedAliases(files, options.RecordedAliases), Complain);
        Credentials = new CredentialStore(options.AuthFiles, options.ProgramDirectories, () => List, Complain);
    }

    internal ImageRegistriesOptions Options { get; }

    internal RegistryTransport Transport { get; }

    internal ICredentialSource Credentials { get; }

    /// <summary>registries.conf as it is now.</summary>
    /// <exception cref="OcidException">FailedPrecondition: it is wrong, and was never right.</exception>
    internal RegistryList List => _list.Current;

    private ShortNameResolution Names => new(List, _recorded.Current);

    /// <summary>The references that a name from a user may mean, to be pulled in this order. A name with a registry means itself.</summary>
    /// <exception cref="OcidException">InvalidArgument: no reference, or nothing says which registry is meant, or too many do. FailedPrecondition: registries.conf is wrong.</exception>
    public IReadOnlyList<ImageReference> Candidates(string name) =>
        ShortName.TryParse(name, out _) ? Names.ToPull(name) : [ImageReference.Parse(name).WithDefaultTag()];

    /// <summary>Reads the configuration now.</summary>
    /// <exception cref="OcidException">It is wrong.</exception>
    public void Validate() => _ = Names;

    /// <summary>Other registries that need not prove who they are, from the next pull on.</summary>
    /// <param name="insecure">As <see cref="ImageRegistriesOptions.InsecureRegistries"/>.</param>
    /// <exception cref="OcidException">FailedPrecondition: registries.conf is wrong now; nothing has changed.</exception>
    public void Change(IReadOnlyList<string> insecure)
    {
        var list = ListWith(Options with { InsecureRegistries = insecure });
        _ = list.Current;
        _list = list;
    }

    /// <summary>Reads the configuration now, to say what is wrong with it before somebody needs it. It is read on use all the same.</summary>
    public void Check()
    {
        try
        {
            Validate();
        }
        catch (OcidException)
        {
            // It was logged, and who pulls is told again.
        }
    }

    /// <summary>Ends the connections. Pulls that run are their callers' to cancel first.</summary>
    public void Dispose() => Transport.Dispose();

    /// <summary>The references by which an image in the store may be meant; also with a registries.conf that is wrong.</summary>
    internal IReadOnlyList<ImageReference> NamesInStore(string name)
    {
        try
        {
            return Names.InStore(name);
        }
        catch (OcidException)
        {
            return ImageReference.TryParse(name, out var normal) ? [normal.WithDefaultTag()] : [];
        }
    }

    /// <summary>Opens an image at the first of its endpoints that has it.</summary>
    internal Task<ImageSource> OpenAsync(ImageReference reference, EndpointAccess access, CancellationToken ct) =>
        ImageSource.OpenAsync(this, reference, access, _sourceLog, ct);

    /// <summary>Where to write an image, or its signatures.</summary>
    /// <exception cref="OcidException">PermissionDenied: the registry is blocked.</exception>
    internal Task<RegistryClient> ConnectToTargetAsync(ImageReference target, EndpointAccess access, RegistryAccess actions, CancellationToken ct) =>
        ConnectAsync(List.TargetOf(target), target, access, actions, ct);

    /// <param name="endpoint">Where.</param>
    /// <param name="asked">What the caller named: the credentials that it gave are for this one's host.</param>
    /// <param name="access">What the caller says about how.</param>
    /// <param name="actions">What a token is asked for.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<RegistryClient> ConnectAsync(PullEndpoint endpoint, ImageReference asked, EndpointAccess access, RegistryAccess actions, CancellationToken ct)
    {
        var known = access.Credentials is { } given ? new GivenCredentials(given, asked, Credentials) : Credentials;
        var credentials = await known.FindAsync(endpoint.Reference, ct);
        return new RegistryClient(Transport, endpoint.Reference, credentials, access.TlsVerify ?? !endpoint.Insecure, TimeProvider.System, actions);
    }

    private LiveFiles<RegistryList> ListWith(ImageRegistriesOptions options) => new(files => ReadList(files, options), Complain);

    private RegistryList ReadList(LiveReading files, ImageRegistriesOptions options)
    {
        var list = RegistriesConf.Read(files, options);
        foreach (var warning in list.Warnings.Except(_warned))
            LogWarning(_log, warning);
        _warned = list.Warnings;
        return list;
    }

    private void Complain(OcidException failure) => LogWrong(_log, failure.Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger log, string warning);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}; what was read before, if anything, stays in force")]
    private static partial void LogWrong(ILogger log, string reason);
}
