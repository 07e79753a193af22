using Microsoft.Extensions.Logging;
using Ocid.Primitives;

namespace Ocid.Cri.State;

/// <summary>Every pod sandbox, or every container, of this node: in memory, found by id or by a prefix that only one has.</summary>
/// <param name="noun">What they are, for messages: <c>container</c>.</param>
/// <param name="logger">Where a damaged record is named.</param>
internal sealed partial class Registry<T>(string noun, ILogger<Registry<T>> logger)
    where T : class, IRegistered
{
    private readonly IdIndex<T> _index = new(noun);

    /// <summary>Those that are not being removed.</summary>
    public IEnumerable<T> Listed => _index.All.Where(item => !item.Removing);

    /// <summary>All, with those whose removal is not finished.</summary>
    public ICollection<T> All => _index.All;

    /// <summary>The one of that id or unique prefix.</summary>
    /// <exception cref="OcidException">NotFound; InvalidArgument for an empty or ambiguous prefix.</exception>
    public T Get(string idOrPrefix) =>
        Find(idOrPrefix) ?? throw new OcidException(ErrorKind.NotFound, $"{noun} {Quoted.Text(idOrPrefix)}: not found");

    /// <summary>The one of that id or unique prefix, null when there is none.</summary>
    public T? Find(string idOrPrefix) => FindEvenRemoving(idOrPrefix) is { Removing: false } item ? item : null;

    /// <summary>As <see cref="Find"/>, also one that is being removed: whoever asks for that again waits for its end.</summary>
    public T? FindEvenRemoving(string idOrPrefix) => _index.TryGet(idOrPrefix, out var item) ? item : null;

    public void Add(T item) => _index.Add(item.Id, item);

    public void Remove(T item) => _index.Remove(item.Id);

    /// <summary>Reads what an earlier run of the daemon left. A damaged record is named in the log and left as it is.</summary>
    /// <param name="directory">Has a directory for each.</param>
    /// <param name="read">Reads one; null for the remains of one that does not exist, which are deleted.</param>
    public void Load(string directory, Func<string, T?> read)
    {
        Directory.CreateDirectory(directory, FileModes.OwnerOnlyDirectory);
        foreach (var record in Directory.GetDirectories(directory))
        {
            try
            {
                if (read(record) is { } item)
                    Add(item);
                else
                    DirectoryTree.Delete(record);
            }
            catch (Exception damaged) when (damaged is OcidException or IOException)
            {
                LogDamaged(noun, record, damaged.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the {Noun} in {Directory} cannot be read and is ignored: {Reason}")]
    private partial void LogDamaged(string noun, string directory, string reason);
}
