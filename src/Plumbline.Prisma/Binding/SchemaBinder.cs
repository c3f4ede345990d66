using System.Collections.Immutable;
using Plumbline.Prisma.Binding.Attributes;
using Plumbline.Prisma.Binding.Checks;
using Plumbline.Prisma.Binding.Configuration;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding;

/// <summary>Binds a schema in the stages in which Prisma does: names, types, attributes, relations, and then the checks that need all of these.</summary>
internal sealed class SchemaBinder(ImmutableArray<SchemaSyntax> files, Version? version = null)
{
    private readonly BindingContext _context = new() { PrismaVersion = version };

    private bool HasErrors => _context.Diagnostics.Exists(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Binds as far as relations; null where there is an error.</summary>
    public static ImmutableArray<Relation>? TryBindNames(ImmutableArray<SchemaSyntax> files)
    {
        var binder = new SchemaBinder(files);
        binder.BindNames();
        return binder.HasErrors ? null : binder._context.Relations;
    }

    /// <summary>Binds the schema.</summary>
    public PrismaSchema Bind()
    {
        BindNames();
        var features = ConfigurationBinding.Run(_context);
        if (!HasErrors)
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

    private void BindNames()
    {
        foreach (var file in files)
        {
            _context.Diagnostics.AddRange(file.Diagnostics);
        }

        NameResolution.Run(files, _context);
        TypeResolution.Run(_context);
        AttributeBinding.Run(_context);
        RelationInference.Run(_context);
    }
}
