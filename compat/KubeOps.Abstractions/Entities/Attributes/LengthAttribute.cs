namespace KubeOps.Abstractions.Entities.Attributes;

[AttributeUsage(AttributeTargets.Property)]
public class LengthAttribute(long minLength = -1, long maxLength = -1) : Attribute
{
    public long? MinLength => minLength == -1 ? null : minLength;

    public long? MaxLength => maxLength == -1 ? null : maxLength;
}
