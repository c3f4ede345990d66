using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>CREATE TABLE, CREATE TABLE AS, CREATE FOREIGN TABLE ("CREATE TABLE", "CREATE TABLE AS", "CREATE FOREIGN TABLE").</summary>
internal static class CreateTable
{
    /// <summary>The statement from TABLE on.</summary>
    /// <param name="r">The reader, at TABLE.</param>
    /// <param name="start">Where the statement begins.</param>
    /// <param name="persistence">What stood between CREATE and TABLE.</param>
    /// <param name="isForeign">Whether FOREIGN was there.</param>
    public static SqlStatement Parse(TokenReader r, int start, TablePersistence persistence, bool isForeign = false)
    {
        r.Expect(K.Table);
        var ifNotExists = IfNotExists(r);
        var name = Names.Relation(r);
        if (!isForeign && IsAs(r))
        {
            return CreateTableAs.Parse(r, start, name, persistence, ifNotExists);
        }

        QualifiedName? partitionOf = null;
        QualifiedName? ofType = null;
        PartitionBound? bound = null;
        ImmutableArray<TableElement> elements;
        ImmutableArray<QualifiedName> inherits = [];
        if (r.Accept(K.Partition, K.Of))
        {
            partitionOf = Names.Relation(r);
            elements = r.At('(') ? Lists.InParentheses(r, TypedElement) : [];
            bound = PartitionBounds.Parse(r);
        }
        else if (!isForeign && r.Accept(K.Of))
        {
            ofType = Names.Qualified(r);
            elements = r.At('(') ? Lists.InParentheses(r, TypedElement) : [];
        }
        else
        {
            r.Expect('(');
            elements = r.At(')') ? [] : Lists.Separated(r, Element);
            r.Expect(')');
            inherits = r.Accept(K.Inherits) ? Lists.InParentheses(r, Names.Relation) : [];
        }

        var table = new CreateTableStatement(r.SpanFrom(start), name, ifNotExists, elements)
        {
            Persistence = persistence,
            Inherits = inherits,
            PartitionOf = partitionOf,
            Bound = bound,
            OfType = ofType,
        };
        return isForeign ? WithServer(r, table) : WithStorage(r, table);
    }

    /// <summary>IF NOT EXISTS, or nothing. IF may be a name, so it takes NOT behind it.</summary>
    public static bool IfNotExists(TokenReader r)
    {
        if (!r.AtPair(K.If, K.Not))
        {
            return false;
        }

        r.Advance();
        r.Expect(K.Not, K.Exists);
        return true;
    }

    /// <summary>USING method, WITH options, ON COMMIT and TABLESPACE, as CREATE TABLE and CREATE TABLE AS share them.</summary>
    public static (Identifier? Method, ImmutableArray<DefinitionOption> Options, string? OnCommit, Identifier? Tablespace) Storage(TokenReader r)
    {
        Identifier? method = r.Accept(K.Using) ? Names.Column(r) : null;
        ImmutableArray<DefinitionOption> options = [];
        if (!r.Accept(K.Without, K.Oids))
        {
            options = Definitions.OptionalWithRelation(r);
        }

        string? onCommit = null;
        if (r.Accept(K.On, K.Commit))
        {
            onCommit = r.Accept(K.Drop) ? "DROP"
                : r.Accept(K.Delete, K.Rows) ? "DELETE ROWS"
                : r.Accept(K.Preserve, K.Rows) ? "PRESERVE ROWS"
                : throw r.Unexpected();
        }

        Identifier? tablespace = r.Accept(K.Tablespace) ? Names.Column(r) : null;
        return (method, options, onCommit, tablespace);
    }

    /// <summary>A column with type and constraints.</summary>
    public static ColumnDefinition Column(TokenReader r)
    {
        var name = Names.Column(r);
        var type = TypeNames.Parse(r);
        var storage = r.Accept(K.Storage) ? NameOrDefault(r) : null;
        var compression = r.Accept(K.Compression) ? NameOrDefault(r) : null;
        var options = Definitions.OptionalGeneric(r);
        var (constraints, collation) = Constraints.OfColumn(r);
        return new ColumnDefinition(r.SpanFrom(name.Span.Start), name, type)
        {
            Storage = storage,
            Compression = compression,
            ServerOptions = options,
            Constraints = constraints,
            Collation = collation,
        };
    }

    /// <summary>A name, or DEFAULT.</summary>
    public static string NameOrDefault(TokenReader r) => r.Accept(K.Default) ? "default" : Names.Column(r).Name;

    /// <summary>PARTITION BY, or nothing.</summary>
    public static PartitionKeyDefinition? PartitionBy(TokenReader r)
    {
        var start = r.Current.Start;
        if (!r.Accept(K.Partition, K.By))
        {
            return null;
        }

        var strategy = Names.Column(r);
        var elements = Lists.InParentheses(r, IndexElements.Partition);
        var folded = strategy.Name.ToLowerInvariant();
        return folded is "list" or "range" or "hash"
            ? new PartitionKeyDefinition(r.SpanFrom(start), folded, elements)
            : throw TokenReader.Error($"unrecognized partitioning strategy \"{strategy.Name}\"", strategy.Span.Start, "22023");
    }

    // A list of names alone is that of CREATE TABLE AS.
    private static bool IsAs(TokenReader r) => r.Current.Keyword is K.As or K.Using or K.With or K.Without or K.On or K.Tablespace
        || (r.At('(') && Names.IsColumnName(r.Next) && r.Peek(2).Symbol is ',' or ')');

    private static CreateTableStatement WithStorage(TokenReader r, CreateTableStatement table)
    {
        var partitionBy = PartitionBy(r);
        var (method, options, onCommit, tablespace) = Storage(r);
        return table with
        {
            Span = r.SpanFrom(table.Span.Start),
            PartitionBy = partitionBy,
            AccessMethod = method,
            Options = options,
            OnCommit = onCommit,
            Tablespace = tablespace,
        };
    }

    private static CreateTableStatement WithServer(TokenReader r, CreateTableStatement table)
    {
        r.Expect(K.Server);
        var server = Names.Column(r);
        var options = Definitions.OptionalGeneric(r);
        return table with { Span = r.SpanFrom(table.Span.Start), Server = server, ServerOptions = options };
    }

    private static TableElement Element(TokenReader r)
    {
        if (Constraints.IsTableConstraint(r))
        {
            return Constraints.OfTable(r);
        }

        return r.At(K.Like) ? Like(r) : Column(r);
    }

    private static TableElement TypedElement(TokenReader r)
    {
        if (Constraints.IsTableConstraint(r))
        {
            return Constraints.OfTable(r);
        }

        var name = Names.Column(r);
        r.Accept(K.With, K.Options);
        var (constraints, collation) = Constraints.OfColumn(r);
        return new ColumnDefinition(r.SpanFrom(name.Span.Start), name, null) { Constraints = constraints, Collation = collation };
    }

    private static LikeElement Like(TokenReader r)
    {
        var start = r.Expect(K.Like).Start;
        var table = Names.Relation(r);
        var options = ImmutableArray.CreateBuilder<LikeOption>();
        while (r.At(K.Including, K.Excluding))
        {
            var isIncluding = r.Advance().Keyword == K.Including;
            if (r.Current.Keyword is not (K.Comments or K.Compression or K.Constraints or K.Defaults or K.Identity or K.Generated or K.Indexes
                or K.Statistics or K.Storage or K.All))
            {
                throw r.Unexpected();
            }

            options.Add(new LikeOption(isIncluding, r.TextOf(r.Advance()).ToUpperInvariant()));
        }

        return new LikeElement(r.SpanFrom(start), table, options.ToImmutable());
    }
}
