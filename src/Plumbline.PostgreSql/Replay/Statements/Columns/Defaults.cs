using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>The defaults of columns (<c>StoreAttrDefault</c>).</summary>
internal static class Defaults
{
    /// <summary>Binds and stores a default; <c>DEFAULT NULL</c> is none at all. Tells whether there is one.</summary>
    public static bool StoreIfAny(Execution execution, ColumnObject column, SqlExpr written)
    {
        var bound = execution.Binder.Default(written, column.Row);
        if (bound.IsNull)
        {
            return false;
        }

        Store(execution, column, bound, isGenerated: false);
        return true;
    }

    /// <summary>Binds and stores what generates a column. Always tells that there is something.</summary>
    public static bool Generate(Execution execution, ColumnObject column, GeneratedDefinition definition)
    {
        var bound = execution.Binder.Generated(definition.Value, column.Relation, column);
        Store(execution, column, bound, isGenerated: true);
        column.Row = column.Row with { IsVirtual = !definition.IsStored };
        return true;
    }

    /// <summary>Stores a default that is bound.</summary>
    public static void Store(Execution execution, ColumnObject column, BoundNode bound, bool isGenerated)
    {
        var database = execution.Database;
        Remove(database, column);
        var item = new DefaultObject(database, database.NextOid(), column.Relation, column.Number, bound);
        database.AddMember(item);
        column.Row = column.Row with { Default = item, IsGenerated = isGenerated };
        database.Depend(new ObjectAddress(item), new ObjectAddress(column.Relation, column.Number), isGenerated ? DependencyType.Internal : DependencyType.Auto);
        database.DependOn(new ObjectAddress(item), bound, DependencyType.Normal);
    }

    /// <summary>Takes the default of a column away.</summary>
    public static void Remove(Database database, ColumnObject column)
    {
        if (column.Row.Default is { } existing)
        {
            column.Row = column.Row with { Default = null };
            database.Remove(new ObjectAddress(existing));
        }
    }

    /// <summary>The default of a serial column.</summary>
    public static BoundExpression NextValue(Execution execution, RelationObject sequence, ColumnRow column)
    {
        var name = $"{Database.Quote(sequence.Namespace.Name)}.{Database.Quote(sequence.Name)}";
        var text = $"nextval('{name.Replace("'", "''", StringComparison.Ordinal)}'::regclass)";
        var span = new TextSpan(0, text.Length);
        var constant = new ConstantExpr(span, ConstantKind.String, name);
        var type = new SqlTypeName(span, new QualifiedName(span, [new Identifier("pg_catalog", span), new Identifier("regclass", span)]));
        var cast = new CastExpr(span, constant, type, CastSyntax.DoubleColon, 0);
        var call = new FunctionCallExpr(span, new QualifiedName(span, [new Identifier("pg_catalog", span), new Identifier("nextval", span)]), [new CallArgument(span, null, cast)]);
        return Binder.Accept(new ExpressionBinder(execution.Database, text).ColumnDefault(call, column.Name, column.TypeOid, column.Modifier));
    }
}
