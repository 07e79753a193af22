namespace KubeOps.Abstractions.Entities.Attributes;

[AttributeUsage(AttributeTargets.Property)]
public class RequiredAttribute : Attribute;
