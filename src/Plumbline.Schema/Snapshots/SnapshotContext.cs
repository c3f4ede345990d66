using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Snapshots;

/// <summary>How the model is written as JSON and read again, without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SnapshotSchema))]
[JsonSerializable(typeof(Extension))]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(Diagnostic))]
[JsonSerializable(typeof(ImmutableArray<Extension>))]
[JsonSerializable(typeof(ImmutableArray<Publication>))]
[JsonSerializable(typeof(ImmutableArray<Role>))]
[JsonSerializable(typeof(ImmutableArray<Diagnostic>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(SourceKind))]
[JsonSerializable(typeof(ObjectName))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class SnapshotContext : JsonSerializerContext;
