using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>
/// Last stage: the checks that look at the whole schema. Prisma makes them only where nothing was wrong until here, and so they may take it for granted that
/// all names
/// are resolved. Checks of what only some database can do are made for PostgreSQL alone.
/// </summary>
internal sealed class SchemaChecks
{
    private readonly BindingContext _context;

    private readonly Dictionary<Model, List<AttributeSyntax>> _shardKeys;
    private ILookup<Model, Relation>? _relationsFrom;
    private int _steps;

    private SchemaChecks(BindingContext context, Datasource? datasource, IReadOnlySet<string> previewFeatures)
    {
        _context = context;
        Datasource = datasource;
        PreviewFeatures = previewFeatures;
        _shardKeys = context.ShardKeys.GroupBy(k => k.Model).ToDictionary(g => g.Key, g => g.Select(k => k.Attribute).ToList());
        Schemas = Datasource?.Schemas.ToHashSet(StringComparer.Ordinal) ?? [];
    }

    /// <summary>The database schemas that the datasource lists.</summary>
    public IReadOnlySet<string> Schemas { get; }

    /// <summary>The relations with a foreign key and both sides, by the model that has the key, in the order in which Prisma follows them.</summary>
    public ILookup<Model, Relation> RelationsFrom => _relationsFrom ??= Relations
        .Where(r => r is { FieldA: not null, FieldB: not null, Kind: RelationKind.OneToOne or RelationKind.OneToMany })
        .OrderBy(r => r.ModelB.Ordinal).ToLookup(r => r.ModelA);

    /// <summary>The datasource; null where the schema has none.</summary>
    public Datasource? Datasource { get; }

    /// <summary>The preview features that are switched on.</summary>
    public IReadOnlySet<string> PreviewFeatures { get; }

    /// <summary>The version of Prisma whose checks are made; null where it is not known.</summary>
    public Version? PrismaVersion => _context.PrismaVersion;

    /// <summary>Whether the database is PostgreSQL.</summary>
    public bool IsPostgreSql => Datasource?.IsPostgreSql == true;

    /// <summary>Who keeps references whole.</summary>
    public RelationMode RelationMode => Datasource?.RelationMode ?? RelationMode.ForeignKeys;

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool HasNoErrors => _context.Diagnostics.TrueForAll(d => d.Severity != DiagnosticSeverity.Error);

    /// <summary>The models and views, models first, as Prisma goes over them.</summary>
    public IEnumerable<Model> ModelsAndViews => _context.Models.Where(m => !m.IsView).Concat(_context.Models.Where(m => m.IsView));

    /// <summary>The relations.</summary>
    public IEnumerable<Relation> Relations => _context.Relations;

    /// <summary>
    /// Counts a step along a relation in the search for circles. That search takes quadratic time, so that in a schema far larger than any that people write it
    /// is given up.
    /// </summary>
    /// <returns>False where too many steps were taken.</returns>
    public bool SpendStep() => _steps++ < ReadingBudget.RelationSteps;

    /// <summary>Runs the stage.</summary>
    public static void Run(BindingContext context, IReadOnlySet<string> previewFeatures)
    {
        var datasource = context.Declarations.OfType<Datasource>().FirstOrDefault();
        new SchemaChecks(context, datasource, previewFeatures).Run();
    }

    /// <summary>What the messages call a model or view.</summary>
    public static string KindOf(FieldContainer container) => container is Model { IsView: true } ? "view" : "model";

    /// <summary>Says that something is wrong.</summary>
    public void Error(SourceText source, TextSpan span, string message) => _context.Error(source, span, message);

    /// <summary>Says that something is wrong in general.</summary>
    public void Invalid(SourceText source, TextSpan span, string message) => Error(source, span, $"Error validating: {message}");

    /// <summary>Says that something is wrong with a model or view.</summary>
    public void ModelError(Model model, TextSpan span, string message) =>
        Error(model.Source, span, $"Error validating {KindOf(model)} \"{model.Name}\": {message}");

    /// <summary>Says that something is wrong with an attribute.</summary>
    public void AttributeError(SourceText source, TextSpan span, string attribute, string message) =>
        Error(source, span, $"Error parsing attribute \"{attribute}\": {message}");

    /// <summary>Says that something is doubtful.</summary>
    public void Warn(SourceText source, TextSpan span, string message) => _context.Warn(source, span, message);

    private void Run()
    {
        CompositeTypeChecks.Run(this, _context.Declarations.OfType<CompositeType>());
        foreach (var (field, call) in _context.UnknownFunctions)
        {
            Error(field.Source, call.Span, DefaultAttribute.UnknownFunctionMessage(call.Name.Text));
        }

        DatabaseNameChecks.CheckModels(this);
        var names = new ConstraintNamespace(this);
        foreach (var model in ModelsAndViews)
        {
            if (model.IsView)
            {
                ViewChecks.Run(this, model);
            }
            else
            {
                ModelChecks.Run(this, names, model);
                CheckShardKeys(model);
            }

            SchemaAttributeChecks.Run(this, model);
            if (!model.IsView && IsPostgreSql)
            {
                PostgreSqlIndexChecks.Run(this, model);
            }

            FieldChecks.Run(this, names, model);
            if (!RelationFieldChecks.Run(this, names, model))
            {
                return;
            }

            if (!model.IsView)
            {
                IndexChecks.Run(this, names, model);
            }
        }

        DatabaseNameChecks.CheckEnums(this, _context.Declarations.OfType<PrismaEnum>());
        foreach (var @enum in _context.Declarations.OfType<PrismaEnum>())
        {
            SchemaAttributeChecks.Run(this, @enum);
        }

        foreach (var relation in Relations)
        {
            RelationChecks.Run(this, names, relation);
        }
    }

    private void CheckShardKeys(Model model)
    {
        if (!_shardKeys.TryGetValue(model, out var attributes))
        {
            return;
        }

        foreach (var attribute in attributes)
        {
            var name = model.Source.Slice(attribute.Span).StartsWith("@@", StringComparison.Ordinal) ? "@@shardKey" : "@shardKey";
            if (!PreviewFeatures.Contains("shardKeys"))
            {
                AttributeError(model.Source, attribute.Span, name, "Defining shard keys requires enabling the `shardKeys` preview feature");
            }

            if (IsPostgreSql)
            {
                AttributeError(model.Source, attribute.Span, name, "Shard keys are not currently supported for provider postgresql");
            }
        }
    }
}
