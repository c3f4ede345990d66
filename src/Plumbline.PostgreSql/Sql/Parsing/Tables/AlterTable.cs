using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Parsing.Objects;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Tables;

/// <summary>ALTER TABLE, INDEX, VIEW, MATERIALIZED VIEW, SEQUENCE and FOREIGN TABLE ("ALTER TABLE" and their pages).</summary>
internal static class AlterTable
{
    /// <summary>The statement behind the words that name the kind of object.</summary>
    public static SqlStatement Parse(TokenReader r, int start, SqlObjectKind kind)
    {
        var ifExists = r.AtPair(K.If, K.Exists);
        if (ifExists)
        {
            r.Advance();
            r.Advance();
        }

        var objectStart = r.Current.Start;
        var mayBeOnly = kind is SqlObjectKind.Table or SqlObjectKind.ForeignTable;
        var table = mayBeOnly ? FromItems.Relation(r) : new TableItem(default, Names.Relation(r), false, null);
        var target = new ObjectReference(r.SpanFrom(objectStart), kind, table.Name) { IsOnly = table.IsOnly };
        switch (r.Current.Keyword)
        {
            case K.Rename:
                return Rename(r, start, target, ifExists);
            case K.Set when r.Next.Keyword == K.Schema:
                r.Advance();
                r.Advance();
                var schema = Names.Column(r);
                return new SetSchemaStatement(r.SpanFrom(start), target, schema, ifExists);
            case K.Attach or K.Detach when kind is SqlObjectKind.Table or SqlObjectKind.Index:
                var partition = Partition(r, kind);
                return new AlterTableStatement(r.SpanFrom(start), kind, table.Name, ifExists, table.IsOnly, [partition]);
            case K.Depends when IsDependent(kind, ifExists):
                return DependsOn(r, start, target, isRemoved: false);
            case K.No when r.Next.Keyword == K.Depends && IsDependent(kind, ifExists):
                r.Advance();
                return DependsOn(r, start, target, isRemoved: true);
        }

        if (kind == SqlObjectKind.Sequence && Sequences.TryOptions(r) is { } options)
        {
            return new AlterSequenceStatement(r.SpanFrom(start), table.Name, ifExists, options);
        }

        var actions = Lists.Separated(r, static r => AlterTableActions.Parse(r));
        return new AlterTableStatement(r.SpanFrom(start), kind, table.Name, ifExists, table.IsOnly, actions);
    }

    /// <summary>DEPENDS ON EXTENSION.</summary>
    public static DependsOnExtensionStatement DependsOn(TokenReader r, int start, ObjectReference target, bool isRemoved)
    {
        r.Expect(K.Depends, K.On, K.Extension);
        var extension = Names.Column(r);
        return new DependsOnExtensionStatement(r.SpanFrom(start), target, extension, isRemoved);
    }

    private static bool IsDependent(SqlObjectKind kind, bool ifExists) => !ifExists && kind is SqlObjectKind.Index or SqlObjectKind.MaterializedView;

    private static RenameStatement Rename(TokenReader r, int start, ObjectReference target, bool ifExists)
    {
        r.Expect(K.Rename);
        var hasColumns = target.Kind is not (SqlObjectKind.Index or SqlObjectKind.Sequence);
        SqlObjectKind? member = null;
        Identifier? oldName = null;
        if (target.Kind == SqlObjectKind.Table && r.Accept(K.Constraint))
        {
            member = SqlObjectKind.Constraint;
            oldName = Names.Column(r);
        }
        else if (hasColumns && !r.At(K.To))
        {
            r.Accept(K.Column);
            member = SqlObjectKind.Column;
            oldName = Names.Column(r);
        }

        r.Expect(K.To);
        var newName = Names.Column(r);
        return new RenameStatement(r.SpanFrom(start), target, member, oldName, newName, ifExists);
    }

    private static AlterTableAction Partition(TokenReader r, SqlObjectKind kind)
    {
        var start = r.Current.Start;
        if (r.Accept(K.Attach))
        {
            r.Expect(K.Partition);
            var attached = Names.Relation(r);
            var bound = kind == SqlObjectKind.Table ? PartitionBounds.Parse(r) : null;
            return new AttachPartitionAction(r.SpanFrom(start), attached, bound);
        }

        if (kind == SqlObjectKind.Index)
        {
            throw r.Unexpected();
        }

        r.Expect(K.Detach, K.Partition);
        var partition = Names.Relation(r);
        var isConcurrent = r.Accept(K.Concurrently);
        var isFinalize = !isConcurrent && r.Accept(K.Finalize);
        return new DetachPartitionAction(r.SpanFrom(start), partition, isConcurrent, isFinalize);
    }
}
