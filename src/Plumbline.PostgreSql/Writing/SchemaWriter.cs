using System.Globalization;
using Plumbline.Schema.Concurrency;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Writes a schema as SQL that, run on an empty PostgreSQL database, makes exactly that catalog. Statements come in the order in which they can be
/// run. The search path must be PostgreSQL's own.
/// </summary>
public static class SchemaWriter
{
    // Fewer are done sooner than a thread has started.
    private const int PiecesOfWorker = 16;

    /// <summary>The whole script, each statement with its semicolon.</summary>
    public static string Write(DatabaseSchema schema)
    {
        using var script = new StringWriter(CultureInfo.InvariantCulture);
        Write(schema, script);
        return script.ToString();
    }

    /// <summary>Writes the script statement by statement.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Write(DatabaseSchema schema, TextWriter script)
    {
        string? previous = null;
        foreach (var statement in Statements(schema))
        {
            // Statements of one kind stand together; what is longer than a line stands apart.
            var kind = statement.AsSpan(0, Math.Max(0, statement.IndexOf(' ', StringComparison.Ordinal))).ToString();
            if (previous is not null && (kind != previous || statement.Contains('\n', StringComparison.Ordinal)))
            {
                script.Write('\n');
            }

            previous = statement.Contains('\n', StringComparison.Ordinal) ? "" : kind;
            script.Write(InertSql.Of(statement));
            script.Write(";\n");
        }
    }

    /// <summary>The statements, without semicolons.</summary>
    public static IEnumerable<string> Statements(DatabaseSchema schema)
    {
        IEnumerable<IEnumerable<string>> parts =
        [
            schema.Functions.Length > 0 ? ["SET check_function_bodies = off"] : [],
            RoleWriter.Needed(schema).Select(RoleWriter.CreateWhereMissing),
            NamespaceWriter.Create(schema),
            schema.Extensions.Select(ExtensionWriter.Create),
            schema.Enums.Select(EnumWriter.Create),
            Objects(schema),
            schema.Sequences.Where(s => !s.IsIdentity).Select(SequenceWriter.Own).OfType<string>(),
            OtherIdentityTypes(schema),
            schema.Sequences.Where(s => s is { IsIdentity: true, Persistence: Persistence.Unlogged }).Select(s => $"ALTER SEQUENCE {SqlIdentifier.Quote(s.Name)} SET UNLOGGED"),
            PartitionWriter.Attachments(schema),
            PartitionWriter.Indexes(schema),
            schema.Tables.SelectMany(TableWriter.IndexSettings),
            PartitionWriter.ForeignKeys(schema),
            schema.Views.SelectMany(v => v.Indexes.Select(i => IndexWriter.Create(v.Name, i))),
            schema.Views.SelectMany(v => v.Indexes.Where(i => i.IsClustered).Select(i => $"ALTER {ViewWriter.Reference(v)} CLUSTER ON {SqlIdentifier.Quote(i.Name)}")),
            PartitionWriter.Triggers(schema),
            schema.Views.SelectMany(v => v.Triggers.Select(t => TriggerWriter.Create(v.Name, t))),
            schema.Tables.SelectMany(t => RuleWriter.Create(t.Name, t.Rules)),
            schema.Views.SelectMany(v => RuleWriter.Create(v.Name, v.Rules)),
            schema.Tables.SelectMany(t => TableWriter.RowSecurity(t).Concat(t.Policies.Select(p => PolicyWriter.Create(t.Name, p)))),
            schema.Publications.Select(PublicationWriter.Create),
            CommentWriter.All(schema),
            GrantWriter.Holders(schema).Select(h => GrantWriter.Own(h.Target, h.Owner)).OfType<string>(),
            Grants(schema),
        ];
        return parts.SelectMany(p => p).Select(s => NestedConnectives.Flatten(UnnamedColumns.Keep(ArrayCasts.Keep(s))));
    }

    private static IEnumerable<string> Objects(DatabaseSchema schema)
    {
        var identities = Identities(schema);
        var parents = schema.Tables.ToDictionary(t => t.Name);
        var (objects, later) = DependencyOrder.Of(schema);

        // Side by side: the statements of a large schema are some work, and no object needs another one's.
        var statements = new string[objects.Count][];
        Workers.Run(objects.Count, PiecesOfWorker, i => statements[i] = [.. Create(objects[i])], CancellationToken.None);
        foreach (var statement in statements.SelectMany(s => s))
        {
            yield return statement;
        }

        foreach (var statement in objects.OfType<Table>().Where(later.Contains).SelectMany(TableWriter.LaterExpressions))
        {
            yield return statement;
        }

        IEnumerable<string> Create(NamedObject item) => item switch
        {
            CompositeType type => [CompositeTypeWriter.Create(type)],
            RangeType range => [RangeTypeWriter.Create(range)],
            DomainType domain => DomainWriter.Create(domain),
            Sequence sequence => [SequenceWriter.Create(sequence)],
            Function function => [FunctionWriter.Create(function)],
            Table { Persistence: Persistence.Temporary } => [],
            Table table => PartitionWriter.Create(table, parents, identities, later.Contains(table)),
            View view => ViewWriter.Create(view),
            _ => [],
        };
    }

    /// <summary>The sequences of identity columns, by table and column.</summary>
    internal static Dictionary<(ObjectName, string), Sequence> Identities(DatabaseSchema schema)
    {
        var identities = new Dictionary<(ObjectName, string), Sequence>();
        foreach (var sequence in schema.Sequences)
        {
            if (sequence is { IsIdentity: true, OwnedByTable: { } table, OwnedByColumn: { } column })
            {
                identities[(table, column)] = sequence;
            }
        }

        return identities;
    }

    // LIKE … INCLUDING IDENTITY makes a bigint sequence for a column of any type; only ALTER SEQUENCE can say so.
    private static IEnumerable<string> OtherIdentityTypes(DatabaseSchema schema)
    {
        var identities = Identities(schema);
        foreach (var table in identities.Count == 0 ? [] : schema.Tables)
        {
            foreach (var column in table.Columns)
            {
                if (column.Identity != IdentityKind.None && identities.TryGetValue((table.Name, column.Name), out var sequence) &&
                    sequence.DataType != column.Type.Name)
                {
                    yield return SequenceWriter.Alter(sequence);
                }
            }
        }
    }

    private static IEnumerable<string> Grants(DatabaseSchema schema)
    {
        foreach (var (target, owner, grants) in GrantWriter.Holders(schema))
        {
            if (grants is not null)
            {
                var defaultOwner = target.Reference == "SCHEMA public" ? "pg_database_owner" : GrantWriter.Creator;
                foreach (var statement in GrantWriter.Change(target, owner ?? defaultOwner, null, grants))
                {
                    yield return statement;
                }
            }
        }

        foreach (var table in schema.Tables)
        {
            foreach (var column in table.Columns.Where(c => c.Grants is not null))
            {
                foreach (var statement in GrantWriter.ChangeColumn(table.Name, table.Owner ?? GrantWriter.Creator, column, null, column.Grants))
                {
                    yield return statement;
                }
            }
        }
    }
}
