using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes indexes. PostgreSQL documentation, "CREATE INDEX".</summary>
internal static class IndexWriter
{
    /// <param name="table">The table or materialized view.</param>
    /// <param name="index">The index.</param>
    /// <param name="only">Whether it is made without the partitions' indexes.</param>
    /// <param name="concurrently">Whether it is built while rows can be written; such a statement cannot run inside a transaction.</param>
    internal static string Create(ObjectName table, Index index, bool only = false, bool concurrently = false)
    {
        var sql = new StringBuilder(index.IsUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
            .Append(concurrently ? "CONCURRENTLY " : "")
            .Append(SqlIdentifier.Quote(index.Name))
            .Append(" ON ")
            .Append(only ? "ONLY " : "")
            .Append(SqlIdentifier.Quote(table));
        if (index.Method != "btree")
        {
            sql.Append(" USING ").Append(SqlIdentifier.Quote(index.Method));
        }

        sql.Append(" (").AppendJoin(", ", index.Keys.Select(k => Key(k, index.Method))).Append(')').Append(ConstraintWriter.Include(index.Include));
        sql.Append(index.NullsNotDistinct ? " NULLS NOT DISTINCT" : "").Append(StorageParameters.With(index.StorageParameters));
        return sql.Append(index.Predicate is { } predicate ? $" WHERE {predicate.Text}" : "").ToString();
    }

    internal static string Key(IndexKey key, string method)
    {
        var sql = new StringBuilder(key.Column is { } column ? SqlIdentifier.Quote(column) : $"({key.Expression?.Text})");
        if (key.Collation is { } collation)
        {
            sql.Append(" COLLATE ").Append(ColumnWriter.Collation(collation));
        }

        if (key.OperatorClass is { } operatorClass)
        {
            sql.Append(' ').AppendJoin('.', operatorClass.Split('.').Select(SqlIdentifier.Quote));
        }

        if (key.OperatorClassParameters.Length > 0)
        {
            // Parameters need a class to stand behind; without one they are not in the model.
            sql.Append(" (").Append(StorageParameters.List(key.OperatorClassParameters)).Append(')');
        }

        if (method == "btree")
        {
            sql.Append(key.IsDescending ? " DESC" : "").Append(key.NullsFirst == key.IsDescending ? "" : key.NullsFirst ? " NULLS FIRST" : " NULLS LAST");
        }

        return sql.ToString();
    }
}
