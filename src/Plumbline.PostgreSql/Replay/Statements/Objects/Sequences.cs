using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Replay.Statements.Objects;

/// <summary>CREATE SEQUENCE and ALTER SEQUENCE. PostgreSQL documentation, "CREATE SEQUENCE".</summary>
internal static class Sequences
{
    /// <summary>CREATE SEQUENCE.</summary>
    public static void Run(Execution execution, CreateSequenceStatement statement)
    {
        var temporary = statement.Persistence == TablePersistence.Temporary;
        if (statement.IfNotExists && execution.Database.FindRelation(execution.CreationNamespace(statement.Name, temporary), statement.Name.Name) is not null)
        {
            return;
        }

        // DefineSequence reads the options before DefineRelation looks for the schema.
        var info = Parse(execution, Default(TypeOids.Int8), statement.Options, isNew: true, isIdentity: false);
        var schema = execution.CreationNamespace(statement.Name, temporary);
        var persistence = temporary ? 't' : statement.Persistence == TablePersistence.Unlogged ? 'u' : 'p';
        var sequence = Create(execution, schema, statement.Name.Name, info, persistence);
        SetOwner(execution, sequence, statement.Options);
    }

    /// <summary>ALTER SEQUENCE.</summary>
    public static void Run(Execution execution, AlterSequenceStatement statement)
    {
        var relation = execution.TryRelation(statement.Name, statement.IfExists);
        if (relation is null)
        {
            if (statement.IfExists)
            {
                return;
            }

            throw execution.MissingRelation(statement.Name);
        }

        if (relation.Row.Sequence is not { } info)
        {
            throw new RefusedException(new SqlError("42809", $"\"{relation.Name}\" is not a sequence"));
        }

        var updated = Parse(execution, info, statement.Options, isNew: false, isIdentity: false);
        relation.Row = relation.Row with { Sequence = updated };
        SetOwner(execution, relation, statement.Options);
    }

    /// <summary>The parameters that a sequence has where nothing is said.</summary>
    public static SequenceInfo Default(uint type) => new(type, 1, 1, 1, Max(type), 1, false);

    /// <summary>Makes a sequence.</summary>
    /// <exception cref="RefusedException">42P07: the name is taken.</exception>
    public static RelationObject Create(Execution execution, NamespaceObject schema, string name, SequenceInfo info, char persistence)
    {
        var database = execution.Database;
        if (database.FindRelation(schema, name) is not null)
        {
            throw new RefusedException("42P07", $"relation \"{name}\" already exists");
        }

        // heap_create_with_catalog looks for a type of the name before it looks whether the relation will have one.
        Relations.RefuseTypeName(execution, schema, name);
        var sequence = new RelationObject(database, database.NextOid(), new RelationRow(name, schema, 'S', execution.CurrentRole) { Sequence = info, Persistence = persistence });
        sequence.SetQuietly(sequence.Row with { Acl = DefaultPrivileges.For(execution, 'S', schema) });
        database.Add(sequence);
        database.Depend(new ObjectAddress(sequence), new ObjectAddress(schema), DependencyType.Normal);
        return sequence;
    }

    /// <summary>Gives a sequence to a column, with which it will go.</summary>
    public static void Own(Database database, RelationObject sequence, RelationObject table, short column, bool isIdentity)
    {
        Disown(sequence);
        database.Depend(new ObjectAddress(sequence), new ObjectAddress(table, column), isIdentity ? DependencyType.Internal : DependencyType.Auto);
        sequence.Row = sequence.Row with { Sequence = sequence.Row.Sequence! with { OwnerTable = table, OwnerColumn = column, IsIdentity = isIdentity } };
    }

    /// <summary>What messages say about a kind of relation that an operation does not support.</summary>
    public static string KindDetail(char kind) => kind switch
    {
        'r' => "tables",
        'i' => "indexes",
        'S' => "sequences",
        'v' => "views",
        'm' => "materialized views",
        'c' => "composite types",
        'f' => "foreign tables",
        'p' => "partitioned tables",
        'I' => "partitioned indexes",
        _ => "relations",
    };

    /// <summary>Applies options to parameters (<c>init_params</c>).</summary>
    /// <param name="execution">The session.</param>
    /// <param name="info">The parameters as they are.</param>
    /// <param name="options">The options.</param>
    /// <param name="isNew">Whether the sequence is made.</param>
    /// <param name="isIdentity">Whether the options stand at an identity column.</param>
    /// <param name="newType">The type that the column of an identity takes; else 0.</param>
    public static SequenceInfo Parse(Execution execution, SequenceInfo info, ImmutableArray<DefinitionOption> options, bool isNew, bool isIdentity, uint newType = 0)
    {
        DefinitionOption? type = null, increment = null, start = null, max = null, min = null, cache = null, cycle = null, owner = null, restart = null;
        foreach (var option in options)
        {
            switch (option.Name)
            {
                case "as":
                    if (isIdentity)
                    {
                        throw new RefusedException("42601", "identity column type must be smallint, integer, or bigint");
                    }

                    Take(ref type, option);
                    break;
                case "increment": Take(ref increment, option); break;
                case "start": Take(ref start, option); break;
                case "restart": Take(ref restart, option); break;
                case "maxvalue": Take(ref max, option); break;
                case "minvalue": Take(ref min, option); break;
                case "cache": Take(ref cache, option); break;
                case "cycle": Take(ref cycle, option); break;
                case "owned_by": Take(ref owner, option); break;
            }
        }

        var resetMax = false;
        var resetMin = false;
        if (newType != 0 || type?.Value is SqlTypeName)
        {
            var oid = type?.Value is SqlTypeName written ? execution.Binder.Type(written).Oid : newType;
            if (oid is not (TypeOids.Int2 or TypeOids.Int4 or TypeOids.Int8))
            {
                throw new RefusedException("22023", isIdentity ? "identity column type must be smallint, integer, or bigint" : "sequence type must be smallint, integer, or bigint");
            }

            if (!isNew)
            {
                // The bounds follow the type where they were the old type's own.
                resetMax = info.Max == Max(info.TypeOid);
                resetMin = info.Min == Min(info.TypeOid);
            }

            info = info with { TypeOid = oid };
        }

        if (increment is not null)
        {
            info = info with { Increment = Number(increment) };
            if (info.Increment == 0)
            {
                throw new RefusedException("22023", "INCREMENT must not be zero");
            }
        }

        if (cycle is not null)
        {
            info = info with { Cycle = cycle.Text is null or "true" };
        }

        if (max?.Value is not null)
        {
            info = info with { Max = Number(max) };
        }
        else if (isNew || max is not null || resetMax)
        {
            info = info with { Max = info.Increment > 0 || resetMax ? Max(info.TypeOid) : -1 };
        }

        if (info.Max < Min(info.TypeOid) || info.Max > Max(info.TypeOid))
        {
            throw new RefusedException("22023", $"MAXVALUE ({Text(info.Max)}) is out of range for sequence data type {execution.Database.FormatType(info.TypeOid)}");
        }

        if (min?.Value is not null)
        {
            info = info with { Min = Number(min) };
        }
        else if (isNew || min is not null || resetMin)
        {
            info = info with { Min = info.Increment < 0 || resetMin ? Min(info.TypeOid) : 1 };
        }

        if (info.Min < Min(info.TypeOid) || info.Min > Max(info.TypeOid))
        {
            throw new RefusedException("22023", $"MINVALUE ({Text(info.Min)}) is out of range for sequence data type {execution.Database.FormatType(info.TypeOid)}");
        }

        if (info.Min >= info.Max)
        {
            throw new RefusedException("22023", $"MINVALUE ({Text(info.Min)}) must be less than MAXVALUE ({Text(info.Max)})");
        }

        if (start is not null)
        {
            info = info with { Start = Number(start) };
        }
        else if (isNew)
        {
            info = info with { Start = info.Increment > 0 ? info.Min : info.Max };
        }

        if (info.Start < info.Min)
        {
            throw new RefusedException("22023", $"START value ({Text(info.Start)}) cannot be less than MINVALUE ({Text(info.Min)})");
        }

        if (info.Start > info.Max)
        {
            throw new RefusedException("22023", $"START value ({Text(info.Start)}) cannot be greater than MAXVALUE ({Text(info.Max)})");
        }

        CheckRestart(info, restart);
        if (cache is not null)
        {
            info = info with { Cache = Number(cache) };
            if (info.Cache <= 0)
            {
                throw new RefusedException("22023", $"CACHE ({Text(info.Cache)}) must be greater than zero");
            }
        }

        return info;
    }

    private static void CheckRestart(SequenceInfo info, DefinitionOption? restart)
    {
        if (restart?.Value is null)
        {
            return;
        }

        var last = Number(restart);
        if (last < info.Min)
        {
            throw new RefusedException("22023", $"RESTART value ({Text(last)}) cannot be less than MINVALUE ({Text(info.Min)})");
        }

        if (last > info.Max)
        {
            throw new RefusedException("22023", $"RESTART value ({Text(last)}) cannot be greater than MAXVALUE ({Text(info.Max)})");
        }
    }

    // process_owned_by
    private static void SetOwner(Execution execution, RelationObject sequence, ImmutableArray<DefinitionOption> options)
    {
        foreach (var option in options)
        {
            if (option.Name != "owned_by" || option.Value is not QualifiedName name)
            {
                continue;
            }

            if (name.Parts.Length == 1)
            {
                if (name.Name != "none")
                {
                    throw new RefusedException(new SqlError("42601", "invalid OWNED BY option") { Hint = "Specify OWNED BY table.column or OWNED BY NONE." });
                }

                Disown(sequence);
                sequence.Row = sequence.Row with { Sequence = sequence.Row.Sequence! with { OwnerTable = null, OwnerColumn = 0 } };
                continue;
            }

            var tableName = new QualifiedName(name.Span, name.Parts[..^1]);
            var table = execution.Relation(tableName);
            if (table.Kind is not ('r' or 'f' or 'v' or 'p'))
            {
                throw new RefusedException(new SqlError("42809", $"sequence cannot be owned by relation \"{table.Name}\"") { Detail = $"This operation is not supported for {KindDetail(table.Kind)}." });
            }

            if (table.Row.Owner != sequence.Row.Owner)
            {
                throw new RefusedException("55000", "sequence must have same owner as table it is linked to");
            }

            if (table.Namespace != sequence.Namespace)
            {
                throw new RefusedException("55000", "sequence must be in same schema as table it is linked to");
            }

            var column = table.FindColumn(name.Name) ?? throw new RefusedException("42703", $"column \"{name.Name}\" of relation \"{table.Name}\" does not exist");
            if (sequence.Row.Sequence!.IsIdentity)
            {
                throw new RefusedException(new SqlError("0A000", "cannot change ownership of identity sequence") { Detail = $"Sequence \"{sequence.Name}\" is linked to table \"{sequence.Row.Sequence.OwnerTable!.Name}\"." });
            }

            Own(execution.Database, sequence, table, column.Number, isIdentity: false);
        }
    }

    private static void Disown(RelationObject sequence) =>
        Database.ForgetDependencies(new ObjectAddress(sequence), d => d.Referenced is { Object: RelationObject, Column: > 0 } && d.Kind is DependencyType.Auto or DependencyType.Internal);

    private static void Take(ref DefinitionOption? slot, DefinitionOption option)
    {
        if (slot is not null)
        {
            throw new RefusedException("42601", "conflicting or redundant options", option.Span.Start);
        }

        slot = option;
    }

    private static long Number(DefinitionOption option)
    {
        var text = option.Text ?? throw new RefusedException("42601", $"{option.Name} requires a numeric value");
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        throw System.Numerics.BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? new RefusedException("22003", $"value \"{text}\" is out of range for type bigint")
            : new RefusedException("22P02", $"invalid input syntax for type bigint: \"{text}\"");
    }

    private static long Max(uint type) => type switch { TypeOids.Int2 => short.MaxValue, TypeOids.Int4 => int.MaxValue, _ => long.MaxValue };

    private static long Min(uint type) => type switch { TypeOids.Int2 => short.MinValue, TypeOids.Int4 => int.MinValue, _ => long.MinValue };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
