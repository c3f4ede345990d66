using System.Text.Json.Serialization;

namespace Plumbline.Audit.Reports.Json;

/// <summary>The code that writes the shapes, made by the compiler: nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(AuditShape))]
[JsonSerializable(typeof(DiffShape))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
