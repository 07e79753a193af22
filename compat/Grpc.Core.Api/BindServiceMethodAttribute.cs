using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public class BindServiceMethodAttribute(
    [DynamicallyAccessedMembers(BindServiceMethodAttribute.Bound)] Type bindType, string bindMethodName) : Attribute
{
    private const DynamicallyAccessedMemberTypes Bound =
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    [DynamicallyAccessedMembers(Bound)]
    public Type BindType { get; } = bindType;

    public string BindMethodName { get; } = bindMethodName;
}
