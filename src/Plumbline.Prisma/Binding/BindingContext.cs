using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding;

/// <summary>What the stages of binding share: the declarations, what their names stand for, and what is wrong so far.</summary>
internal sealed class BindingContext
{
    private Dictionary<string, string>? _bySmallName;

    /// <summary>What is wrong, in the order of finding.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>The version of Prisma whose checks are made; null where it is not known.</summary>
    public Version? PrismaVersion { get; init; }

    /// <summary>All declarations of all files, in their order.</summary>
    public List<Declaration> Declarations { get; } = [];

    /// <summary>Models, views, enums and composite types by name; of several, the last.</summary>
    public Dictionary<string, Declaration> ByName { get; } = new(StringComparer.Ordinal);

    /// <summary>The name of a model, enum or composite type that is a name written large; null where there is none.</summary>
    public string? FindWrittenLarge(string name)
    {
        if (_bySmallName is null)
        {
            _bySmallName = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var known in ByName.Keys)
            {
                _bySmallName.TryAdd(known.ToLowerInvariant(), known);
            }
        }

        return _bySmallName.GetValueOrDefault(name);
    }

    /// <summary>The relations.</summary>
    public ImmutableArray<Relation> Relations { get; set; } = [];

    /// <summary>Defaults with a function that Prisma itself does not know.</summary>
    public List<(Field Field, CallSyntax Call)> UnknownFunctions { get; } = [];

    /// <summary>The shard keys, which PostgreSQL has none of.</summary>
    public List<(Model Model, AttributeSyntax Attribute)> ShardKeys { get; } = [];

    /// <summary>Models and views.</summary>
    public IEnumerable<Model> Models => Declarations.OfType<Model>();

    /// <summary>Says that something is wrong.</summary>
    public void Error(SourceText source, TextSpan span, string message) =>
        Diagnostics.Add(new Diagnostic(DiagnosticSeverity.Error, PrismaError.Validation, message, source.LocationOf(span)));

    /// <summary>Says that something is doubtful.</summary>
    public void Warn(SourceText source, TextSpan span, string message) =>
        Diagnostics.Add(new Diagnostic(DiagnosticSeverity.Warning, PrismaError.Validation, message, source.LocationOf(span)));
}
