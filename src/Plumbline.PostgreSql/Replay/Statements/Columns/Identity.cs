using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>The sequences of identity columns. PostgreSQL documentation, "Identity Columns".</summary>
internal static class Identity
{
    /// <summary>Makes the sequence of an identity column.</summary>
    public static RelationObject CreateSequence(
        Execution execution, NamespaceObject schema, string table, string column, uint type, ImmutableArray<DefinitionOption> options, char persistence) =>
        PrepareSequence(execution, schema, table, column, type, options, persistence)();

    /// <summary>The sequence of an identity column; null where there is none.</summary>
    public static RelationObject? SequenceOf(ColumnObject column)
    {
        foreach (var dependency in column.Relation.ReferencedBy.Items)
        {
            if (dependency.Referenced.Column == column.Number && dependency is { Kind: DependencyType.Internal, Dependent.Object: RelationObject { Kind: 'S' } sequence })
            {
                return sequence;
            }
        }

        return null;
    }

    /// <summary>
    /// Makes the sequence of a column that is like another. It has the other's parameters, but for the type: that is not copied (<c>sequence_options</c>).
    /// </summary>
    public static RelationObject CopySequence(Execution execution, NamespaceObject schema, string table, ColumnObject source, uint type)
    {
        if (SequenceOf(source)?.Row.Sequence is not { } info)
        {
            return CreateSequence(execution, schema, table, source.Name, type, [], 'p');
        }

        var name = ImplicitNames.ForRelation(execution.Database, schema, table, source.Name, "seq", isConstraint: false);
        return Sequences.Create(execution, schema, name, info with { TypeOid = TypeOids.Int8, OwnerTable = null, OwnerColumn = 0 }, 'p');
    }

    /// <summary>Chooses the name of the sequence of an identity column, and gives what makes it (<c>generateSerialExtraStmts</c>).</summary>
    public static Func<RelationObject> PrepareSequence(
        Execution execution, NamespaceObject schema, string table, string column, uint type, ImmutableArray<DefinitionOption> options, char persistence)
    {
        QualifiedName? named = null;
        foreach (var option in options)
        {
            if (option is { Name: "sequence_name", Value: QualifiedName name })
            {
                if (named is not null)
                {
                    throw new RefusedException("42601", "conflicting or redundant options", option.Span.Start);
                }

                named = name;
            }
        }

        var sequenceSchema = named is null ? schema : named.Schema is { } explicitSchema ? execution.Namespace(explicitSchema) : schema;
        var sequenceName = named?.Name ?? ImplicitNames.ForRelation(execution.Database, schema, table, column, "seq", isConstraint: false);
        return () =>
        {
            if (type is not (TypeOids.Int2 or TypeOids.Int4 or TypeOids.Int8))
            {
                throw new RefusedException("22023", "identity column type must be smallint, integer, or bigint");
            }

            var info = Sequences.Parse(execution, Sequences.Default(type), [.. options.Where(o => o.Name != "sequence_name")], isNew: true, isIdentity: true);
            return Sequences.Create(execution, sequenceSchema, sequenceName, info, persistence);
        };
    }
}
