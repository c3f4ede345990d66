using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Columns;
using Plumbline.PostgreSql.Replay.Statements.Constraints;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>What a new table takes over from its parents (<c>MergeAttributes</c>). PostgreSQL documentation, "Inheritance".</summary>
/// <param name="execution">The session.</param>
/// <param name="parents">Its parents.</param>
/// <param name="isPartition">Whether it is a partition of the only one.</param>
internal sealed class Inheritance(Execution execution, ImmutableArray<RelationObject> parents, bool isPartition)
{
    private readonly HashSet<string> _generated = [];

    /// <summary>Whether a column is generated because a parent's is.</summary>
    public bool IsGenerated(string column) => _generated.Contains(column);

    /// <summary>The columns that the table gets: those of its parents, then its own.</summary>
    public List<ColumnDraft> Merge(List<ColumnDraft> own)
    {
        CheckDuplicates(own);
        if (parents.IsEmpty)
        {
            return own;
        }

        var merged = new List<ColumnDraft>();
        foreach (var parent in parents)
        {
            CheckParent(parent);
            foreach (var column in parent.LiveColumns)
            {
                AddInherited(merged, column);
            }
        }

        foreach (var column in own)
        {
            AddOwn(merged, column);
        }

        return merged;
    }

    /// <summary>Gives the table its parents' CHECKs.</summary>
    public void AddChecks(RelationObject child)
    {
        foreach (var parent in parents)
        {
            foreach (var check in parent.Constraints.Items)
            {
                if (check.Row is not { Kind: ConstraintKind.Check, NoInherit: false })
                {
                    continue;
                }

                if (child.FindConstraint(check.Name) is { } existing)
                {
                    existing.Row = existing.Row with { InheritCount = existing.Row.InheritCount + 1 };
                    continue;
                }

                // A new table holds nothing that could break it, also where the parent's is NOT VALID.
                var copy = Checks.Add(execution, child, check.Name, Translate(execution, check.Row.Expression!, child), noInherit: false, isValidated: true, isLocal: false, inheritCount: 1);
                if (!check.Row.IsEnforced)
                {
                    Checks.NotEnforced(copy);
                }
            }
        }
    }

    /// <summary>An expression over a parent's columns as one over the child's.</summary>
    public static BoundNode Translate(Execution execution, BoundNode expression, RelationObject child)
    {
        return Reparse.Take(execution, expression)?.Bind(execution, (binder, written) => binder.Check(written, child)) ?? expression;
    }

    private void CheckDuplicates(List<ColumnDraft> own)
    {
        if (own.Count > 1600)
        {
            throw new RefusedException("54011", "tables can have at most 1600 columns");
        }

        var names = new HashSet<string>(own.Count);
        foreach (var column in own)
        {
            if (!names.Add(column.Name))
            {
                throw new RefusedException("42701", $"column \"{column.Name}\" specified more than once");
            }
        }
    }

    private void CheckParent(RelationObject parent)
    {
        if (parent.Kind == 'p' && !isPartition)
        {
            throw new RefusedException("42809", $"cannot inherit from partitioned table \"{parent.Name}\"");
        }

        if (parent.Row.IsPartition && !isPartition)
        {
            throw new RefusedException("42809", $"cannot inherit from partition \"{parent.Name}\"");
        }

        if (parent.Kind is not ('r' or 'f' or 'p'))
        {
            throw new RefusedException("42809", $"inherited relation \"{parent.Name}\" is not a table or foreign table");
        }
    }

    private void AddInherited(List<ColumnDraft> merged, ColumnObject column)
    {
        var row = column.Row;
        if (merged.Find(c => c.Name == row.Name) is { } same)
        {
            if (same.TypeOid != row.TypeOid || same.Modifier != row.Modifier)
            {
                throw new RefusedException(new SqlError("42804", $"inherited column \"{row.Name}\" has a type conflict")
                {
                    Detail = $"{execution.Database.FormatType(same.TypeOid, same.Modifier)} versus {execution.Database.FormatType(row.TypeOid, row.Modifier)}",
                });
            }

            same.InheritCount++;
            same.IsNotNull |= row.IsNotNull;
            return;
        }

        merged.Add(new ColumnDraft
        {
            Name = row.Name,
            TypeOid = row.TypeOid,
            Modifier = row.Modifier,
            CollationOid = row.CollationOid,
            IsNotNull = row.IsNotNull,
            BoundDefault = row.Default?.Expression as BoundExpression,
            Storage = row.Storage,
            Compression = row.Compression,
            InheritCount = 1,
            IsLocal = false,
        });
        if (row.IsGenerated)
        {
            _generated.Add(row.Name);
        }
    }

    private void AddOwn(List<ColumnDraft> merged, ColumnDraft column)
    {
        if (merged.Find(c => c.Name == column.Name) is not { } same)
        {
            if (isPartition)
            {
                throw new RefusedException("42703", $"column \"{column.Name}\" does not exist");
            }

            merged.Add(column);
            return;
        }

        if (!isPartition)
        {
            if (same.TypeOid != column.TypeOid || same.Modifier != column.Modifier)
            {
                throw new RefusedException(new SqlError("42804", $"column \"{column.Name}\" has a type conflict")
                {
                    Detail = $"{execution.Database.FormatType(same.TypeOid, same.Modifier)} versus {execution.Database.FormatType(column.TypeOid, column.Modifier)}",
                });
            }

            if (same.CollationOid != column.CollationOid)
            {
                throw new RefusedException("42P21", $"column \"{column.Name}\" has a collation conflict");
            }

            same.IsLocal = true;
        }

        if (_generated.Contains(column.Name) && column.Default is not null)
        {
            throw new RefusedException("42611", $"column \"{column.Name}\" inherits from generated column but specifies default");
        }

        same.IsNotNull |= column.IsNotNull;
        if (column.Default is not null || column.SerialSequence is not null)
        {
            same.Default = column.Default;
            same.SerialSequence = column.SerialSequence;
            same.BoundDefault = null;
        }

        same.Identity ??= column.Identity;
        same.IdentitySequence ??= column.IdentitySequence;
    }
}
