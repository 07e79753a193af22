namespace Ocid.Cri.State;

internal interface IRemovable
{
    /// <summary>It is being removed: listed no more; a start of the daemon finishes the removal.</summary>
    bool Removing { get; }
}
