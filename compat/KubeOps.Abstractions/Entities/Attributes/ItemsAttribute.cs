namespace KubeOps.Abstractions.Entities.Attributes;

[AttributeUsage(AttributeTargets.Property)]
public class ItemsAttribute(long minItems = -1, long maxItems = -1) : Attribute
{
    public long? MinItems => minItems == -1 ? null : minItems;

    public long? MaxItems => maxItems == -1 ? null : maxItems;
}
