using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Columns;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Indexes;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>LIKE in CREATE TABLE (<c>transformTableLikeClause</c>, <c>expandTableLikeClause</c>).</summary>
/// <param name="execution">The session.</param>
/// <param name="schema">The schema of the new table.</param>
/// <param name="name">The name of the new table.</param>
internal sealed class TableLikeness(Execution execution, NamespaceObject schema, string name)
{
    private readonly List<(RelationObject Source, HashSet<string> Options)> _sources = [];
    private readonly HashSet<string> _generated = [];

    /// <summary>Whether a column is generated because the one it was made after is.</summary>
    public bool IsGenerated(string column) => _generated.Contains(column);

    /// <summary>The columns that a LIKE gives.</summary>
    public IEnumerable<ColumnDraft> Add(LikeElement like)
    {
        if (like.Table.Schema is { } sourceSchema && !execution.Database.HasSchema(sourceSchema))
        {
            throw new RefusedException("3F000", $"schema \"{sourceSchema}\" does not exist", like.Table.Span.Start);
        }

        var source = execution.TryRelation(like.Table) ?? throw new RefusedException("42P01", $"relation \"{like.Table}\" does not exist", like.Table.Span.Start);
        if (source.Kind is not ('r' or 'v' or 'm' or 'c' or 'f' or 'p'))
        {
            throw new RefusedException(new SqlError("42809", $"relation \"{source.Name}\" is invalid in LIKE clause")
            {
                Detail = $"This operation is not supported for {Sequences.KindDetail(source.Kind)}.",
                Position = like.Table.Span.Start,
            });
        }

        var options = new HashSet<string>();
        foreach (var option in like.Options)
        {
            string[] named = option.What == "ALL" ? ["COMMENTS", "COMPRESSION", "CONSTRAINTS", "DEFAULTS", "IDENTITY", "GENERATED", "INDEXES", "STATISTICS", "STORAGE"] : [option.What];
            foreach (var what in named)
            {
                if (option.IsIncluding)
                {
                    options.Add(what);
                }
                else
                {
                    options.Remove(what);
                }
            }
        }

        _sources.Add((source, options));
        return source.LiveColumns.Select(column => Copy(column, options)).ToList();
    }

    /// <summary>Copies CHECK constraints.</summary>
    public void CopyChecks(RelationObject table)
    {
        foreach (var (source, options) in _sources)
        {
            if (!options.Contains("CONSTRAINTS"))
            {
                continue;
            }

            foreach (var check in source.Constraints.Items.Where(c => c.Row.Kind == ConstraintKind.Check).OrderBy(c => c.Name, StringComparer.Ordinal))
            {
                if (table.FindConstraint(check.Name) is not null)
                {
                    throw new RefusedException("42710", $"check constraint \"{check.Name}\" already exists");
                }

                var expression = Inheritance.Translate(execution, check.Row.Expression!, table);
                var copy = Checks.Add(execution, table, check.Name, expression, check.Row.NoInherit, isValidated: true, isLocal: true, inheritCount: 0);
                if (!check.Row.IsEnforced)
                {
                    Checks.NotEnforced(copy);
                }

                if (options.Contains("COMMENTS"))
                {
                    copy.SetQuietly(copy.Row with { Comment = check.Row.Comment });
                }
            }
        }
    }

    /// <summary>Copies indexes and the constraints that stand on them.</summary>
    public void CopyIndexes(RelationObject table)
    {
        foreach (var (source, options) in _sources)
        {
            if (!options.Contains("INDEXES"))
            {
                continue;
            }

            foreach (var index in source.Indexes.Items)
            {
                CopyIndex(table, source, index, options.Contains("COMMENTS"));
            }
        }
    }

    /// <summary>Copies the comments of columns.</summary>
    public void CopyComments(RelationObject table)
    {
        foreach (var (source, options) in _sources)
        {
            if (!options.Contains("COMMENTS"))
            {
                continue;
            }

            foreach (var column in source.LiveColumns)
            {
                if (column.Row.Comment is { } comment && table.FindColumn(column.Name) is { } own)
                {
                    own.SetQuietly(own.Row with { Comment = comment });
                }
            }
        }
    }

    private void CopyIndex(RelationObject table, RelationObject source, RelationObject index, bool withComments)
    {
        var info = index.Row.Index!;
        var keys = info.Keys.Select(k => k with
        {
            Column = k.Column == 0 ? (short)0 : PartitionIndexes.MapColumn(source, table, k.Column),
            Expression = Reparse.Take(execution, k.Expression)?.Bind(execution, (b, e) => b.IndexExpression(e, table)) ?? k.Expression,
        });
        var predicate = Reparse.Take(execution, info.Predicate)?.Bind(execution, (b, e) => b.IndexPredicate(e, table)) ?? info.Predicate;
        if (info.IsPrimary && table.PrimaryKey is not null)
        {
            throw new RefusedException("42P16", $"multiple primary keys for table \"{name}\" are not allowed");
        }

        var copy = IndexBuilder.Create(execution, new IndexDraft(null, table, info.Method, [])
        {
            BoundKeys = [.. keys],
            BoundInclude = PartitionIndexes.MapColumns(source, table, info.Include),
            BoundPredicate = predicate,
            IsUnique = info.IsUnique,
            IsPrimary = info.IsPrimary,
            IsConstraint = info.Constraint is not null,
            NullsNotDistinct = info.NullsNotDistinct,
            IsDeferrable = info.Constraint?.Row.IsDeferrable == true,
            IsDeferred = info.Constraint?.Row.IsDeferred == true,
            BoundOptions = index.Row.Options,
        });
        if (withComments)
        {
            copy.SetQuietly(copy.Row with { Comment = index.Row.Comment });
        }
    }

    private ColumnDraft Copy(ColumnObject column, HashSet<string> options)
    {
        var row = column.Row;
        var draft = new ColumnDraft { Name = row.Name, TypeOid = row.TypeOid, Modifier = row.Modifier, CollationOid = row.CollationOid, IsNotNull = row.IsNotNull };
        if (row.Default is { } value && (row.IsGenerated ? options.Contains("GENERATED") : options.Contains("DEFAULTS")))
        {
            draft.BoundDefault = value.Expression as BoundExpression;
            if (row.IsGenerated)
            {
                _generated.Add(row.Name);
            }
        }

        if (row.Identity != '\0' && options.Contains("IDENTITY"))
        {
            draft.Identity = new IdentityDefinition(default, null, row.Identity == 'a', []);
            draft.IdentitySequence = Identity.CopySequence(execution, schema, name, column, row.TypeOid);
        }

        if (options.Contains("STORAGE"))
        {
            draft.Storage = row.Storage;
        }

        if (options.Contains("COMPRESSION"))
        {
            draft.Compression = row.Compression;
        }

        return draft;
    }
}
