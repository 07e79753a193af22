namespace Ocid.Storage.Checking;

/// <summary>A problem, and how to put it right while the locks are held, where that needs nothing from elsewhere.</summary>
internal sealed record Finding(StoreProblem Problem, Action? Repair = null)
{
    public static Finding Garbage(string subject, string detail, Action remove) => new(new StoreProblem(ProblemKind.Garbage, subject, detail), remove);
}
