namespace KubeOps.Abstractions.Entities.Attributes;

[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class GenericAdditionalPrinterColumnAttribute(string jsonPath, string name, string type) : Attribute
{
    public string JsonPath { get; } = jsonPath;

    public string Name { get; } = name;

    public string? Description { get; init; }

    public string Type { get; } = type;

    public string? Format { get; init; }

    public PrinterColumnPriority Priority { get; init; }
}
