namespace k8s.Models;

[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityAttribute : Attribute
{
    public string Kind { get; set; } = null!;

    public string Group { get; set; } = null!;

    public string ApiVersion { get; set; } = null!;

    public string PluralName { get; set; } = null!;
}
