using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.Audit.History;

/// <summary>The statements of a history that may set values in existing rows, or remove the rows. Of code and of statements that are not understood anything may be expected.</summary>
internal sealed class ColumnFillers
{
    private readonly Dictionary<string, List<MigrationStatement>> _byTable = new(StringComparer.Ordinal);
    private readonly List<MigrationStatement> _ofAnyTable = [];

    /// <summary>Reads them from the statements of a history, as they run.</summary>
    /// <param name="asRun">The statements.</param>
    /// <param name="keys">The names of objects.</param>
    public ColumnFillers(IEnumerable<MigrationStatement> asRun, NameKeys keys)
    {
        foreach (var statement in asRun)
        {
            switch (statement.Syntax)
            {
                case InsertStatement { With: null, OnConflict: null or { DoUpdate: null } } or CreateTableStatement or CreateIndexStatement:
                    break;
                case UpdateStatement { With: null } update:
                    Add(keys.Of(update.Table.Name), statement);
                    break;
                case DeleteStatement { With: null } delete:
                    Add(keys.Of(delete.Table.Name), statement);
                    break;
                case InsertStatement or UpdateStatement or DeleteStatement or MergeStatement or SelectStatement or CreateTableAsStatement or DoStatement or CallStatement or ExecuteStatement or
                    TruncateStatement or CopyStatement or UnknownStatement or InvalidStatement or PsqlCommandStatement:
                    _ofAnyTable.Add(statement);
                    break;
                default:
                    foreach (var (table, action) in statement.TableActions)
                    {
                        if (action is SetTypeAction { Using: not null })
                            Add(keys.Of(table), statement);
                    }

                    break;
            }
        }
    }

    /// <summary>Whether there is such a statement for a table between two others.</summary>
    /// <param name="table">The key of the table.</param>
    /// <param name="after">The one before it.</param>
    /// <param name="before">The one behind it.</param>
    public bool HasBetween(string table, MigrationStatement after, MigrationStatement before) =>
        IsBetween(_ofAnyTable, after, before) || (_byTable.TryGetValue(table, out var own) && IsBetween(own, after, before));

    // They are in the order in which they run.
    private static bool IsBetween(List<MigrationStatement> statements, MigrationStatement after, MigrationStatement before)
    {
        var (low, high) = (0, statements.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (after.IsBefore(statements[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low < statements.Count && statements[low].IsBefore(before);
    }

    private void Add(string table, MigrationStatement statement)
    {
        if (_byTable.TryGetValue(table, out var statements))
            statements.Add(statement);
        else
            _byTable.Add(table, [statement]);
    }
}
