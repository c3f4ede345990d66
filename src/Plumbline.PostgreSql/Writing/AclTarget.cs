using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Something that has an owner and privileges.</summary>
/// <param name="Reference">How GRANT names it: <c>TABLE public.t</c>.</param>
/// <param name="AlterOwner">How <c>ALTER … OWNER TO</c> names it; null where that can't be said.</param>
/// <param name="OwnerDefault">The privileges that its owner has by default, as letters.</param>
/// <param name="PublicDefault">The privileges that PUBLIC has by default, as letters.</param>
internal sealed record AclTarget(string Reference, string? AlterOwner, string OwnerDefault, string PublicDefault)
{
    /// <summary>What ALL gives of a table, as the model has it.</summary>
    internal const string AllOfTable = "arwdDxt";

    /// <summary>A schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="version">The version of the server that it was read from; null for none. Up to PostgreSQL 14 everyone may create in a new database's <c>public</c>.</param>
    internal static AclTarget Of(Namespace schema, int? version = null)
    {
        var reference = $"SCHEMA {SqlIdentifier.Quote(schema.Name)}";
        return new(reference, reference, "UC", schema.Name != "public" ? "" : version < 15 ? "UC" : "U");
    }

    internal static AclTarget Of(Table table)
    {
        var name = SqlIdentifier.Quote(table.Name);
        return new($"TABLE {name}", table.Kind == TableKind.Foreign ? $"FOREIGN TABLE {name}" : $"TABLE {name}", AllOfTable, "");
    }

    internal static AclTarget Of(View view) => new($"TABLE {SqlIdentifier.Quote(view.Name)}", ViewWriter.Reference(view), AllOfTable, "");

    internal static AclTarget Of(Sequence sequence)
    {
        // A sequence behind a column has the owner of its table.
        var reference = $"SEQUENCE {SqlIdentifier.Quote(sequence.Name)}";
        return new(reference, sequence.OwnedByTable is null ? reference : null, "rwU", "");
    }

    internal static AclTarget Of(Function function)
    {
        var reference = FunctionWriter.Reference(function);

        // GRANT knows no aggregates apart from functions.
        const string aggregate = "AGGREGATE ";
        return new(reference.StartsWith(aggregate, StringComparison.Ordinal) ? "FUNCTION " + reference[aggregate.Length..] : reference, reference, "X", "X");
    }

    internal static AclTarget OfType(NamedObject type)
    {
        var name = SqlIdentifier.Quote(type.Name);
        return new(type is DomainType ? $"DOMAIN {name}" : $"TYPE {name}", type is DomainType ? $"DOMAIN {name}" : $"TYPE {name}", "U", "U");
    }
}
