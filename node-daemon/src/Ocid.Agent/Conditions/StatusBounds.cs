namespace Ocid.Agent.Conditions;

/// <summary>How much of a status the API server takes at most, as the custom resource definition says; a status beyond would be refused whole.</summary>
internal static class StatusBounds
{
    public const int Message = 32768;
    public const int ConditionMessage = 1024;
    public const int DriftedFiles = 1024;
    public const int Handlers = 32;
}
