namespace Ocid.Linux.Namespaces;

/// <summary>A user namespace to be made and pinned; the namespaces made with it belong to it.</summary>
/// <param name="Pin">An existing empty file to pin it on.</param>
/// <param name="Users">Its user ids.</param>
/// <param name="Groups">Its group ids.</param>
public sealed record UserNamespacePlan(string Pin, IdRange Users, IdRange Groups);
