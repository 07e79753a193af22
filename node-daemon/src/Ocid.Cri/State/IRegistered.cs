namespace Ocid.Cri.State;

internal interface IRegistered
{
    string Id { get; }

    bool Removing { get; }
}
