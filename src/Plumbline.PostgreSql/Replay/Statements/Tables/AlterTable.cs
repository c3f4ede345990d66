using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Columns;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>The order in which ALTER TABLE does things, whatever order they are written in (<c>AT_PASS_…</c>).</summary>
internal enum AlterPass
{
    Drop,
    AlterType,
    RebuildAfterTypes,
    AddColumn,
    TransformConstraint,
    ColumnAttributes,
    AddIndexConstraint,
    AddIndex,
    AddOtherConstraint,
    Misc,
}

/// <summary>ALTER TABLE and its kin (<c>ATController</c>). PostgreSQL documentation, "ALTER TABLE".</summary>
internal sealed class AlterTable
{
    private readonly List<(Action Run, TextSpan Place)>[] _passes = [.. Enum.GetValues<AlterPass>().Select(_ => new List<(Action, TextSpan)>())];
    private TextSpan _place;

    private AlterTable(Execution execution, RelationObject table, bool isOnly)
    {
        Execution = execution;
        Table = table;
        IsOnly = isOnly;
        Columns = new AlterColumns(this);
        Values = new AlterColumnValues(this);
        Identities = new AlterIdentity(this);
        Settings = new AlterColumnSettings(this);
        Types = new AlterColumnType(this);
        Constraints = new AlterConstraints(this);
        Relation = new AlterRelation(this);
    }

    /// <summary>The session.</summary>
    public Execution Execution { get; }

    /// <summary>The table.</summary>
    public RelationObject Table { get; }

    /// <summary>ONLY.</summary>
    public bool IsOnly { get; }

    /// <summary>The names of the CHECKs that the statement added.</summary>
    public HashSet<string> CheckNames { get; } = [];

    private AlterColumns Columns { get; }

    private AlterColumnValues Values { get; }

    private AlterIdentity Identities { get; }

    private AlterColumnSettings Settings { get; }

    private AlterColumnType Types { get; }

    private AlterConstraints Constraints { get; }

    private AlterRelation Relation { get; }

    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, AlterTableStatement statement)
    {
        foreach (var action in statement.Actions)
        {
            if (action is DetachPartitionAction { IsConcurrent: true })
            {
                execution.RefuseInBlock("ALTER TABLE ... DETACH CONCURRENTLY");
            }
        }

        var table = execution.TryRelation(statement.Name, statement.IfExists);
        if (table is null)
        {
            if (statement.IfExists)
            {
                return;
            }

            throw execution.MissingRelation(statement.Name);
        }

        CheckKind(statement.Kind, table);
        var alter = new AlterTable(execution, table, statement.IsOnly);
        foreach (var action in statement.Actions)
        {
            alter._place = action.Span;
            execution.MoveTo(action.Span);
            alter.Prepare(action);
        }

        alter.RunPasses();
    }

    /// <summary>Puts something off to its pass.</summary>
    public void Enqueue(AlterPass pass, Action action) => _passes[(int)pass].Add((action, _place));

    /// <summary>Refuses an action on a kind of relation that has no such thing (<c>ATSimplePermissions</c>).</summary>
    /// <param name="action">How messages call the action.</param>
    /// <param name="kinds">The kinds that it can be performed on, as <c>relkind</c> has them; <c>r</c> includes <c>p</c>.</param>
    public void Require(string action, string kinds)
    {
        var kind = Table.Kind == 'p' ? 'r' : Table.Kind;
        if (!kinds.Contains(kind))
        {
            throw new RefusedException(new SqlError("42809", $"ALTER action {action} cannot be performed on relation \"{Table.Name}\"")
            {
                Detail = $"This operation is not supported for {Sequences.KindDetail(Table.Kind)}.",
            });
        }
    }

    /// <summary>The column of a name.</summary>
    /// <exception cref="RefusedException">42703: there is none; 0A000: it is a system column.</exception>
    public ColumnObject Column(string name, string systemVerb = "alter")
    {
        if (Table.FindColumn(name) is { } column)
        {
            return column;
        }

        throw SystemColumns.Contains(name)
            ? new RefusedException("0A000", $"cannot {systemVerb} system column \"{name}\"")
            : new RefusedException("42703", $"column \"{name}\" of relation \"{Table.Name}\" does not exist");
    }

    private static void CheckKind(SqlObjectKind kind, RelationObject table)
    {
        var (fits, name) = kind switch
        {
            SqlObjectKind.Sequence => (table.Kind == 'S', "a sequence"),
            SqlObjectKind.View => (table.Kind == 'v', "a view"),
            SqlObjectKind.MaterializedView => (table.Kind == 'm', "a materialized view"),
            SqlObjectKind.ForeignTable => (table.Kind == 'f', "a foreign table"),
            SqlObjectKind.Type => (table.Kind == 'c', "a composite type"),
            SqlObjectKind.Index => (table.IsIndex, "an index"),
            _ => (true, ""),
        };
        if (!fits)
        {
            throw new RefusedException("42809", $"\"{table.Name}\" is not {name}");
        }

        if (kind != SqlObjectKind.Type && table.Kind == 'c')
        {
            throw new RefusedException(new SqlError("42809", $"\"{table.Name}\" is a composite type") { Hint = "Use ALTER TYPE instead." });
        }
    }

    private void Prepare(AlterTableAction action)
    {
        switch (action)
        {
            case AddColumnAction add: Columns.Add(add); break;
            case DropColumnAction drop: Columns.Drop(drop); break;
            case SetDefaultAction value: Values.SetDefault(value); break;
            case SetNotNullAction notNull: Values.SetNotNull(notNull); break;
            case SetExpressionAction expression: Values.SetExpression(expression); break;
            case AddIdentityAction identity: Identities.Add(identity); break;
            case SetIdentityAction identity: Identities.Set(identity); break;
            case DropIdentityAction identity: Identities.Drop(identity); break;
            case SetStatisticsAction statistics: Settings.SetStatistics(statistics); break;
            case SetStorageAction storage: Settings.SetStorage(storage); break;
            case SetCompressionAction compression: Settings.SetCompression(compression); break;
            case ColumnOptionsAction options: Settings.SetOptions(options); break;
            case SetTypeAction type: Types.Prepare(type); break;
            case AddConstraintAction constraint: Constraints.Add(constraint.Constraint, null); break;
            case DropConstraintAction drop: Constraints.Drop(drop); break;
            case AlterConstraintAction alter: Constraints.Alter(alter); break;
            case ValidateConstraintAction validate: Constraints.Validate(validate); break;
            default: Relation.Prepare(action); break;
        }
    }

    /// <summary>What the actions on columns hand over: the constraints that stand at a new column.</summary>
    public void AddConstraint(ConstraintDefinition constraint, Identifier? column) => Constraints.Add(constraint, column);

    private void RunPasses()
    {
        for (var pass = 0; pass < _passes.Length; pass++)
        {
            // Passes may put off more to passes that are still to come.
            for (var i = 0; i < _passes[pass].Count; i++)
            {
                var (run, place) = _passes[pass][i];
                _place = place;
                Execution.MoveTo(place);
                run();
            }

            if (pass == (int)AlterPass.AlterType)
            {
                Types.Rebuild();
            }
        }
    }
}
