using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>A column of CREATE TABLE or ADD COLUMN after <c>transformColumnDefinition</c>: type resolved, its constraints sorted by what is done with them.</summary>
internal sealed class ColumnDraft
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The type.</summary>
    public required uint TypeOid { get; set; }

    /// <summary>The modifier.</summary>
    public int Modifier { get; set; } = -1;

    /// <summary>The collation.</summary>
    public uint CollationOid { get; set; }

    /// <summary>NOT NULL.</summary>
    public bool IsNotNull { get; set; }

    /// <summary>DEFAULT as written; null where none is.</summary>
    public SqlExpr? Default { get; set; }

    /// <summary>DEFAULT that is bound already, from LIKE or a parent.</summary>
    public BoundExpression? BoundDefault { get; set; }

    /// <summary>Whether it is a serial column.</summary>
    public bool IsSerial { get; init; }

    /// <summary>Makes its sequence; null where it has none, or it is made.</summary>
    public Func<RelationObject>? MakeSequence { get; set; }

    /// <summary>The sequence whose next value is the default, of a serial column.</summary>
    public RelationObject? SerialSequence { get; set; }

    /// <summary>GENERATED; null where it is not.</summary>
    public GeneratedDefinition? Generated { get; set; }

    /// <summary>IDENTITY; null where it is none.</summary>
    public IdentityDefinition? Identity { get; set; }

    /// <summary>The sequence of an identity column.</summary>
    public RelationObject? IdentitySequence { get; set; }

    /// <summary>STORAGE.</summary>
    public string? Storage { get; set; }

    /// <summary>COMPRESSION.</summary>
    public string? Compression { get; set; }

    /// <summary>How many parents have it.</summary>
    public int InheritCount { get; set; }

    /// <summary>Whether the table defines it itself.</summary>
    public bool IsLocal { get; set; } = true;

    /// <summary>The type as it is written, where nobody knows the type itself; else null.</summary>
    public ColumnType? WrittenType { get; set; }

    /// <summary>Comment copied by LIKE.</summary>
    public string? Comment { get; set; }

    /// <summary>Makes the sequence of a serial or identity column: after all columns are read, and before the table is made.</summary>
    public void CreateSequence()
    {
        if (MakeSequence is null)
        {
            return;
        }

        if (IsSerial)
        {
            SerialSequence = MakeSequence();
        }
        else
        {
            IdentitySequence = MakeSequence();
        }

        MakeSequence = null;
    }

    /// <summary>The row of it.</summary>
    public ColumnRow ToRow() => new(Name, TypeOid, Modifier, CollationOid)
    {
        IsNotNull = IsNotNull,
        Storage = Storage,
        Compression = Compression,
        InheritCount = InheritCount,
        IsLocal = IsLocal,
        Identity = Identity is null ? '\0' : Identity.IsAlways ? 'a' : 'd',
        Comment = Comment,
        WrittenType = WrittenType,
        // Known of every column before the first of their expressions is analysed.
        IsGenerated = Generated is not null,
    };
}

/// <summary>Turns column definitions into drafts, with their sequences made at once and their constraints handed out (<c>transformColumnDefinition</c>).</summary>
/// <param name="execution">The session.</param>
/// <param name="schema">The schema of the table.</param>
/// <param name="table">The table's name.</param>
/// <param name="persistence">How the table is kept; its sequences are kept the same way.</param>
internal sealed class ColumnBuilder(Execution execution, NamespaceObject schema, string table, char persistence)
{
    /// <summary>Constraints of the columns that become constraints of the table, with the column that they stand at.</summary>
    public List<(ConstraintDefinition Constraint, string Column)> Constraints { get; } = [];

    /// <summary>The draft of a column.</summary>
    public ColumnDraft Build(ColumnDefinition definition)
    {
        var draft = Type(definition);
        var sawNull = false;
        var sawNotNull = draft.IsNotNull;
        foreach (var constraint in definition.Constraints)
        {
            switch (constraint)
            {
                case NullDefinition:
                    if (sawNotNull && !sawNull)
                    {
                        throw Conflict(draft, constraint);
                    }

                    sawNull = true;
                    break;
                case NotNullDefinition:
                    if (sawNull)
                    {
                        throw Conflict(draft, constraint);
                    }

                    sawNotNull = true;
                    draft.IsNotNull = true;
                    break;
                case DefaultDefinition value:
                    if (draft.Default is not null || draft.IsSerial)
                    {
                        throw new RefusedException("42601", $"multiple default values specified for column \"{draft.Name}\" of table \"{table}\"", constraint.Span.Start);
                    }

                    draft.Default = value.Value;
                    break;
                case IdentityDefinition identity:
                    AddIdentity(draft, identity, ref sawNotNull, sawNull);
                    break;
                case GeneratedDefinition generated:
                    if (draft.Generated is not null)
                    {
                        throw new RefusedException("42601", $"multiple generation clauses specified for column \"{draft.Name}\" of table \"{table}\"", constraint.Span.Start);
                    }

                    draft.Generated = generated;
                    break;
                default:
                    Constraints.Add((constraint, draft.Name));
                    break;
            }

            CheckPair(draft, constraint);
        }

        return draft;
    }

    private ColumnDraft Type(ColumnDefinition definition)
    {
        var name = definition.Name.Name;
        if (definition.Type is null)
        {
            return new ColumnDraft { Name = name, TypeOid = 0 };
        }

        var serial = Serial(definition.Type);
        if (serial == 0)
        {
            var type = execution.Binder.Type(definition.Type);
            var pgType = execution.Database.GetType(type.Oid);
            var collation = pgType?.CollationOid ?? 0;
            if (definition.Collation is { } written)
            {
                var found = execution.Binder.Collation(written, isPointedAt: true);
                if (collation == 0)
                {
                    throw new RefusedException("42804", $"collations are not supported by type {execution.Database.FormatType(type.Oid)}", written.Span.Start);
                }

                collation = found.Oid;
            }

            return new ColumnDraft
            {
                Name = name,
                TypeOid = type.Oid,
                Modifier = type.Modifier,
                CollationOid = collation,
                WrittenType = type.Oid == 0 ? type.Type : null,
                Storage = definition.Storage is { } storage ? ColumnStorage.Check(execution, storage, type.Oid) : null,
                Compression = definition.Compression?.ToLowerInvariant() is { } method and not "default" ? method : null,
            };
        }

        if (definition.Type.IsArray)
        {
            throw new RefusedException("0A000", "array of serial is not implemented", definition.Type.Span.Start);
        }

        // The name is chosen now; whether it is free by the time the sequence is made is another matter.
        var sequence = ImplicitNames.ForRelation(execution.Database, schema, table, name, "seq", isConstraint: false);
        return new ColumnDraft
        {
            Name = name,
            TypeOid = serial,
            IsNotNull = true,
            IsSerial = true,
            MakeSequence = () => Sequences.Create(execution, schema, sequence, Sequences.Default(serial), persistence),
        };
    }

    private static uint Serial(SqlTypeName type) => type is { Name.Parts.Length: 1, IsColumnReference: false }
        ? type.Name.Name switch
        {
            "smallserial" or "serial2" => TypeOids.Int2,
            "serial" or "serial4" => TypeOids.Int4,
            "bigserial" or "serial8" => TypeOids.Int8,
            _ => 0,
        }
        : 0;

    private void AddIdentity(ColumnDraft draft, IdentityDefinition identity, ref bool sawNotNull, bool sawNull)
    {
        if (draft.Identity is not null)
        {
            throw new RefusedException("42601", $"multiple identity specifications for column \"{draft.Name}\" of table \"{table}\"", identity.Span.Start);
        }

        draft.MakeSequence = Identity.PrepareSequence(execution, schema, table, draft.Name, draft.TypeOid, identity.Options, persistence);
        draft.Identity = identity;
        if (sawNull)
        {
            throw Conflict(draft, identity);
        }

        sawNotNull = true;
        draft.IsNotNull = true;
    }

    private void CheckPair(ColumnDraft draft, ConstraintDefinition constraint)
    {
        var hasDefault = draft.Default is not null || draft.IsSerial;
        var position = constraint.Span.Start;
        if (hasDefault && draft.Identity is not null)
        {
            throw new RefusedException("42601", $"both default and identity specified for column \"{draft.Name}\" of table \"{table}\"", position);
        }

        if (hasDefault && draft.Generated is not null)
        {
            throw new RefusedException("42601", $"both default and generation expression specified for column \"{draft.Name}\" of table \"{table}\"", position);
        }

        if (draft.Identity is not null && draft.Generated is not null)
        {
            throw new RefusedException("42601", $"both identity and generation expression specified for column \"{draft.Name}\" of table \"{table}\"", position);
        }
    }

    private RefusedException Conflict(ColumnDraft draft, ConstraintDefinition constraint) =>
        new("42601", $"conflicting NULL/NOT NULL declarations for column \"{draft.Name}\" of table \"{table}\"", constraint.Span.Start);
}

/// <summary>What a column's storage may be.</summary>
internal static class ColumnStorage
{
    /// <summary>The storage in lower case; null for the type's own.</summary>
    /// <exception cref="RefusedException">22023: there is no such storage; 0A000: the type cannot have it.</exception>
    public static string? Check(Execution execution, string storage, uint type)
    {
        var lower = storage.ToLowerInvariant();
        if (lower is not ("plain" or "external" or "extended" or "main" or "default"))
        {
            throw new RefusedException("22023", $"invalid storage type \"{storage}\"");
        }

        var own = Own(execution.Database.GetType(type));
        if (own == "plain" && lower is not ("plain" or "default"))
        {
            throw new RefusedException("0A000", $"column data type {execution.Database.FormatType(type)} can only have storage PLAIN");
        }

        return lower == own || lower == "default" ? null : lower;
    }

    private static string Own(PgType? type) => type switch
    {
        null => "extended",
        { Kind: PgTypeKind.Enum } => "plain",
        { Oid: TypeOids.Numeric or TypeOids.Inet or TypeOids.Cidr } => "main",
        { IsArray: true } or { Kind: PgTypeKind.Composite or PgTypeKind.Range or PgTypeKind.Multirange } => "extended",
        { Oid: TypeOids.Text or TypeOids.VarChar or TypeOids.BpChar or TypeOids.Bytea or TypeOids.Json or TypeOids.Jsonb or TypeOids.Xml or TypeOids.Bit or TypeOids.VarBit or TypeOids.TsVector or TypeOids.JsonPath } => "extended",
        { Oid: < BuiltinCatalog.FirstUserOid } => "plain",
        _ => "extended",
    };
}
