using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>What ALTER TABLE does to identity columns.</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterIdentity(AlterTable alter)
{
    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    private Database Database => alter.Execution.Database;

    /// <summary>ADD GENERATED AS IDENTITY.</summary>
    public void Add(AddIdentityAction action)
    {
        alter.Require("ALTER COLUMN ... ADD IDENTITY", "rvf");
        alter.Enqueue(AlterPass.AddOtherConstraint, () =>
        {
            // The sequence is made first, as PostgreSQL does, from the column's type.
            var existing = Table.FindColumn(action.Column.Name) ?? throw new RefusedException("42703", $"column \"{action.Column.Name}\" of relation \"{Table.Name}\" does not exist");
            var sequence = Identity.CreateSequence(Execution, Table.Namespace, Table.Name, existing.Name, existing.Row.TypeOid, action.Identity.Options, Table.Row.Persistence);
            var column = alter.Column(action.Column.Name);
            if (!column.Row.IsNotNull)
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" must be declared NOT NULL before identity can be added");
            }

            if (column.Row.Identity != '\0')
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" is already an identity column");
            }

            if (column.Row.Default is not null)
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" already has a default value");
            }

            column.Row = column.Row with { Identity = action.Identity.IsAlways ? 'a' : 'd' };
            Sequences.Own(Database, sequence, Table, column.Number, isIdentity: true);
        });
    }

    /// <summary>SET GENERATED and its kin.</summary>
    public void Set(SetIdentityAction action)
    {
        alter.Require("ALTER COLUMN ... SET", "rvf");
        alter.Enqueue(AlterPass.ColumnAttributes, () =>
        {
            var column = alter.Column(action.Column.Name);
            if (column.Row.Identity == '\0')
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" is not an identity column");
            }

            foreach (var option in action.Options)
            {
                if (option.Name == "generated")
                {
                    column.Row = column.Row with { Identity = option.Text == "always" ? 'a' : 'd' };
                }
            }

            if (Identity.SequenceOf(column) is { } sequence)
            {
                var info = Sequences.Parse(Execution, sequence.Row.Sequence!, [.. action.Options.Where(o => o.Name != "generated")], isNew: false, isIdentity: true);
                sequence.Row = sequence.Row with { Sequence = info };
            }
        });
    }

    /// <summary>DROP IDENTITY.</summary>
    public void Drop(DropIdentityAction action)
    {
        alter.Require("ALTER COLUMN ... DROP IDENTITY", "rvf");
        alter.Enqueue(AlterPass.Drop, () =>
        {
            var column = alter.Column(action.Column.Name);
            if (column.Row.Identity == '\0')
            {
                if (action.IfExists)
                {
                    return;
                }

                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" is not an identity column");
            }

            column.Row = column.Row with { Identity = '\0' };
            if (Identity.SequenceOf(column) is { } sequence)
            {
                Database.ForgetDependencies(new ObjectAddress(sequence), d => d.Kind == DependencyType.Internal);
                Execution.Drop([new ObjectAddress(sequence)], cascade: false);
            }
        });
    }
}
