using System.Text.Json.Serialization;

namespace Ocid.Images.Inspection;

[JsonSourceGenerationOptions(WriteIndented = true, IndentSize = 4)]
[JsonSerializable(typeof(ImageInspection))]
internal sealed partial class InspectionJson : JsonSerializerContext;
