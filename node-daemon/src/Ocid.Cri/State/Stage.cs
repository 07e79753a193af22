namespace Ocid.Cri.State;

/// <summary>How far a request of several steps has come, for the error message of whoever stops waiting.</summary>
internal sealed class Stage
{
    /// <summary>The step under way.</summary>
    public string Name { get; private set; } = "start";

    /// <summary>Names the step that begins now.</summary>
    public void Begin(string name) => Name = name;
}
