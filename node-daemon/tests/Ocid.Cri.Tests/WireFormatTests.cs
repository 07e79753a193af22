using Google.Protobuf.Reflection;
using Ocid.Cri.V1;

namespace Ocid.Cri.Tests;

public sealed class WireFormatTests
{
    [Fact]
    public void The_descriptor_is_what_the_listing_of_the_wire_format_says() =>
        Described().Should().BeEquivalentTo(Listed());

    [Fact]
    public void Both_services_have_all_41_calls() =>
        ApiReflection.Descriptor.Services.SelectMany(service => service.Methods).Should().HaveCount(41);

    private static IEnumerable<string> Listed() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "testdata", "cri-v1.txt")).Where(line => !line.StartsWith('#'));

    private static IEnumerable<string> Described()
    {
        var file = ApiReflection.Descriptor;
        var messages = file.MessageTypes.ToList();
        var enums = file.EnumTypes.Concat(messages.SelectMany(message => message.EnumTypes));
        return file.Services.SelectMany(service => service.Methods).Select(Line)
            .Concat(messages.SelectMany(message => message.Fields.InDeclarationOrder()).Select(Line))
            .Concat(enums.SelectMany(type => type.Values).Select(Line));
    }

    private static string Line(MethodDescriptor method) =>
        $"rpc {method.Service.Name}/{method.Name} {method.InputType.Name} -> {(method.IsServerStreaming ? "stream " : "")}{method.OutputType.Name}";

    private static string Line(FieldDescriptor field) =>
        $"field {field.ContainingType.Name}.{field.Name} = {field.FieldNumber} {TypeOf(field)}{(field.GetOptions()?.Deprecated == true ? " deprecated" : "")}";

    private static string Line(EnumValueDescriptor value) =>
        $"value {(value.EnumDescriptor.ContainingType is { } outer ? outer.Name + "." : "")}{value.EnumDescriptor.Name}.{value.Name} = {value.Number}";

    private static string TypeOf(FieldDescriptor field) => field switch
    {
        { IsMap: true } => $"map<{Single(field.MessageType.FindFieldByNumber(1))},{Single(field.MessageType.FindFieldByNumber(2))}>",
        { IsRepeated: true } => "repeated " + Single(field),
        _ => Single(field),
    };

    private static string Single(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.Name,
        FieldType.Enum => field.EnumType.Name,
        _ => field.FieldType.ToString().ToLowerInvariant(),
    };
}
