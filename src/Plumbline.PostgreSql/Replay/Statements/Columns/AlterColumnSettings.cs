using System.Globalization;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>What ALTER TABLE says of the storing of columns: statistics, storage, compression, options.</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterColumnSettings(AlterTable alter)
{
    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    /// <summary>SET STATISTICS.</summary>
    public void SetStatistics(SetStatisticsAction action)
    {
        alter.Require("ALTER COLUMN ... SET STATISTICS", "rmif");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            if (action.Column is not { } name)
            {
                return;
            }

            if (Table.IsIndex)
            {
                throw new RefusedException("0A000", "cannot refer to non-index column by number");
            }

            var column = alter.Column(name.Name);
            if (action.Target < -1)
            {
                throw new RefusedException("22023", string.Create(CultureInfo.InvariantCulture, $"statistics target {action.Target} is too low"));
            }

            column.Row = column.Row with { StatisticsTarget = action.Target is -1 ? null : action.Target is > 10000 ? 10000 : action.Target };
        });
    }

    /// <summary>SET STORAGE.</summary>
    public void SetStorage(SetStorageAction action)
    {
        alter.Require("ALTER COLUMN ... SET STORAGE", "rmf");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            var column = alter.Column(action.Column.Name);
            column.Row = column.Row with { Storage = ColumnStorage.Check(Execution, action.Storage, column.Row.TypeOid) };
        });
    }

    /// <summary>SET COMPRESSION.</summary>
    public void SetCompression(SetCompressionAction action)
    {
        alter.Require("ALTER COLUMN ... SET COMPRESSION", "rm");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            var column = alter.Column(action.Column.Name);
            var method = action.Compression.ToLowerInvariant();
            if (method is not ("pglz" or "lz4" or "default"))
            {
                throw new RefusedException("22023", $"invalid compression method \"{action.Compression}\"");
            }

            column.Row = column.Row with { Compression = method == "default" ? null : method };
        });
    }

    /// <summary>SET (…), RESET (…) and OPTIONS (…) of a column.</summary>
    public void SetOptions(ColumnOptionsAction action)
    {
        alter.Require(action.Kind == OptionsKind.Set ? "ALTER COLUMN ... SET" : action.Kind == OptionsKind.Reset ? "ALTER COLUMN ... RESET" : "ALTER COLUMN ... OPTIONS", "rmfi");
        alter.Enqueue(AlterPass.Misc, () => _ = alter.Column(action.Column.Name));
    }
}
