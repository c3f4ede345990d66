using System.Collections.Immutable;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema;

namespace Plumbline.Prisma.Binding;

/// <summary>Binds a schema in the stages in which Prisma does: names, types, attributes, relations, and then the checks that need all of these.</summary>
internal sealed class SchemaBinder(ImmutableArray<SchemaSyntax> files)
{
    private readonly BindingContext _context = new();

    /// <summary>Binds the schema.</summary>
    public PrismaSchema Bind()
    {
        foreach (var file in files)
        {
            _context.Diagnostics.AddRange(file.Diagnostics);
        }

        NameResolution.Run(files, _context);
        TypeResolution.Run(_context);
        AttributeBinding.Run(_context);
        RelationInference.Run(_context);
        var features = ConfigurationBinding.Run(_context);
        if (_context.Diagnostics.TrueForAll(d => d.Severity != DiagnosticSeverity.Error))
        {
            SchemaChecks.Run(_context, features);
        }

        var declarations = _context.Declarations;
        return new PrismaSchema(files)
        {
            Datasources = [.. declarations.OfType<Datasource>()],
            Generators = [.. declarations.OfType<Generator>()],
            Models = [.. _context.Models.Where(m => !m.IsView)],
            Views = [.. _context.Models.Where(m => m.IsView)],
            Enums = [.. declarations.OfType<PrismaEnum>()],
            CompositeTypes = [.. declarations.OfType<CompositeType>()],
            Relations = _context.Relations,
            Diagnostics = [.. _context.Diagnostics],
        };
    }
}
