using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Snapshots;

/// <summary>The JSON settings of snapshots: camel case, enums as words, and everything written down that can't be null.</summary>
internal static class SnapshotOptions
{
    /// <summary>The settings for one snapshot.</summary>
    /// <param name="names">Reads and writes names; its <see cref="ObjectNameConverter.Schema"/> is the schema in which they stand.</param>
    /// <param name="forReading">Whether snapshots are read by it, and what is missing in one is an error.</param>
    internal static JsonSerializerOptions For(ObjectNameConverter names, bool forReading)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            RespectNullableAnnotations = forReading,
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = forReading ? SnapshotContext.Default.WithAddedModifier(RequireAll) : SnapshotContext.Default,
        };
        options.Converters.Add(names);
        AddEnum<SourceKind>(options);
        AddEnum<IdentityKind>(options);
        AddEnum<ReferentialAction>(options);
        AddEnum<FunctionKind>(options);
        AddEnum<ArgumentMode>(options);
        AddEnum<TableKind>(options);
        AddEnum<Persistence>(options);
        AddEnum<TriggerTiming>(options);
        AddEnum<TriggerEvents>(options);
        AddEnum<TriggerState>(options);
        AddEnum<PolicyCommand>(options);
        AddEnum<DiagnosticSeverity>(options);
        options.MakeReadOnly();
        return options;
    }

    internal static JsonTypeInfo<T> Info<T>(this JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    private static void AddEnum<T>(JsonSerializerOptions options)
        where T : struct, Enum => options.Converters.Add(new JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));

    private static void RequireAll(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            // Generated readers give a member that is missing its type's default and not its own, so what can't be null must be written down.
            var canBeSet = property.Set is not null || property.AssociatedParameter is not null;
            var canBeNull = property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsSetNullable;
            if (canBeSet && !canBeNull)
            {
                property.IsRequired = true;
            }
        }
    }
}
