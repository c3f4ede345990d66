using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Constraints;

/// <summary>PRIMARY KEY and UNIQUE constraints with their indexes. PostgreSQL documentation, "Constraints".</summary>
internal static class Keys
{
    /// <summary>Checks the columns of a key before its table exists or is changed (<c>transformIndexConstraint</c>).</summary>
    /// <param name="definition">The key.</param>
    /// <param name="columns">Its columns; those of a column constraint have the column's name.</param>
    /// <param name="exists">Whether the table has, or will have, a column of this name.</param>
    public static void CheckColumns(KeyDefinition definition, ImmutableArray<Identifier> columns, Func<string, bool> exists)
    {
        var kind = definition.IsPrimary ? "primary key" : "unique";
        for (var i = 0; i < columns.Length; i++)
        {
            var name = columns[i].Name;
            if (!exists(name) && !SystemColumns.Contains(name))
            {
                throw new RefusedException("42703", $"column \"{name}\" named in key does not exist", definition.Span.Start);
            }

            for (var earlier = 0; earlier < i; earlier++)
            {
                if (columns[earlier].Name == name)
                {
                    throw new RefusedException("42701", $"column \"{name}\" appears twice in {kind} constraint", definition.Span.Start);
                }
            }
        }

        foreach (var include in definition.Include)
        {
            if (!exists(include.Name))
            {
                throw new RefusedException("42703", $"column \"{include.Name}\" named in key does not exist", definition.Span.Start);
            }
        }
    }

    /// <summary>Makes the constraint with its index.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="table">The table.</param>
    /// <param name="definition">The key.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="isAlterTable">Whether ALTER TABLE adds it.</param>
    public static ConstraintObject Create(Execution execution, RelationObject table, KeyDefinition definition, ImmutableArray<Identifier> columns, bool isAlterTable)
    {
        var elements = columns.Select(c => new IndexElement(c.Span, c, null)).ToImmutableArray();
        var draft = new IndexDraft(definition.Name?.Name, table, "btree", elements)
        {
            IsUnique = true,
            IsPrimary = definition.IsPrimary,
            IsConstraint = true,
            NullsNotDistinct = definition.NullsNotDistinct,
            IsDeferrable = definition.IsDeferrable == true || definition.IsInitiallyDeferred == true,
            IsDeferred = definition.IsInitiallyDeferred == true,
            Include = definition.Include,
            Options = definition.Options,
            IsAlterTable = isAlterTable,
        };
        var constraint = IndexBuilder.Create(execution, draft).Row.Index!.Constraint!;
        if (definition.WithoutOverlaps)
        {
            constraint.Row = constraint.Row with { HasPeriod = true };
        }

        return constraint;
    }

    /// <summary>ADD CONSTRAINT … PRIMARY KEY|UNIQUE USING INDEX.</summary>
    public static ConstraintObject UseIndex(Execution execution, RelationObject table, KeyDefinition definition)
    {
        var name = definition.UsingIndex!.Value.Name;
        var position = definition.Span.Start;
        var index = execution.Database.FindRelation(table.Namespace, name) ?? throw new RefusedException("42704", $"index \"{name}\" does not exist", position);
        if (index.Row.Index is not { } info)
        {
            throw new RefusedException("42809", $"\"{name}\" is not an index");
        }

        if (info.Constraint is not null)
        {
            throw new RefusedException("55000", $"index \"{name}\" is already associated with a constraint", position);
        }

        if (info.Table != table)
        {
            throw new RefusedException("55000", $"index \"{name}\" does not belong to table \"{table.Name}\"", position);
        }

        if (!info.IsValid)
        {
            throw new RefusedException("55000", $"index \"{name}\" is not valid", position);
        }

        var detail = "Cannot create a primary key or unique constraint using such an index.";
        if (!info.IsUnique)
        {
            throw new RefusedException(new SqlError("42809", $"\"{name}\" is not a unique index") { Detail = detail, Position = position });
        }

        if (info.Keys.Any(k => k.Expression is not null))
        {
            throw new RefusedException(new SqlError("42809", $"index \"{name}\" contains expressions") { Detail = detail, Position = position });
        }

        if (info.Predicate is not null)
        {
            throw new RefusedException(new SqlError("42809", $"\"{name}\" is a partial index") { Detail = detail, Position = position });
        }

        if (info.Method != "btree")
        {
            throw new RefusedException("42809", $"index \"{name}\" is not a btree", position);
        }

        if (info.Keys.Any(k => k.OperatorClass is { IsDefault: false } || k.IsDescending || k.NullsFirst || !k.OperatorClassParameters.IsEmpty))
        {
            var number = 1 + info.Keys.TakeWhile(k => k.OperatorClass is not { IsDefault: false } && !k.IsDescending && !k.NullsFirst && k.OperatorClassParameters.IsEmpty).Count();
            throw new RefusedException(new SqlError("42809", $"index \"{name}\" column number {number} does not have default sorting behavior") { Detail = detail, Position = position });
        }

        if (definition.IsPrimary)
        {
            if (table.PrimaryKey is not null)
            {
                throw new RefusedException("42P16", $"multiple primary keys for table \"{table.Name}\" are not allowed");
            }

            foreach (var key in info.Keys)
            {
                var column = table.Column(key.Column);
                if (!column.Row.IsNotNull)
                {
                    column.Row = column.Row with { IsNotNull = true };
                }
            }
        }

        var constraintName = definition.Name?.Name ?? name;
        if (constraintName != name)
        {
            if (execution.Database.FindRelation(index.Namespace, constraintName) is not null)
            {
                throw new RefusedException("42P07", $"relation \"{constraintName}\" already exists");
            }

            execution.Database.Rename(index, index.Namespace, constraintName);
        }

        if (table.FindConstraint(constraintName) is not null)
        {
            throw new RefusedException("42710", $"constraint \"{constraintName}\" for relation \"{table.Name}\" already exists");
        }

        // The constraint takes the index over: it no longer goes with its columns by itself.
        Database.ForgetDependencies(new ObjectAddress(index), d => d.Kind == DependencyType.Auto);
        index.Row = index.Row with { Index = info with { IsPrimary = definition.IsPrimary } };
        return IndexBuilder.AddConstraint(
            execution, index, constraintName, definition.IsPrimary ? ConstraintKind.PrimaryKey : ConstraintKind.Unique,
            definition.IsDeferrable == true || definition.IsInitiallyDeferred == true, definition.IsInitiallyDeferred == true);
    }
}

/// <summary>The columns that every table has.</summary>
internal static class SystemColumns
{
    /// <summary>Whether a name is that of one.</summary>
    public static bool Contains(string name) => name is "tableoid" or "ctid" or "xmin" or "xmax" or "cmin" or "cmax";

    /// <summary>The type of one.</summary>
    public static uint Type(string name) => name switch
    {
        "tableoid" => TypeOids.Oid,
        "ctid" => TypeOids.Tid,
        "xmin" or "xmax" => TypeOids.Xid,
        _ => TypeOids.Cid,
    };
}
