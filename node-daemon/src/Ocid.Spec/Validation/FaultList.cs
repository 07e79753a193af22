namespace Ocid.Spec.Validation;

internal sealed class FaultList
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> All => _faults;

    public void Require(bool holds, string place, string fault)
    {
        if (!holds)
            _faults.Add($"{place}: {fault}");
    }
}
