using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Triggers, policies and rules in the form in which the replay builds them.</summary>
internal sealed class MemberAssembler
{
    // pg_trigger, tgtype.
    private const int ForEachRow = 1;
    private const int Before = 1 << 1;
    private const int OnInsert = 1 << 2;
    private const int OnDelete = 1 << 3;
    private const int OnUpdate = 1 << 4;
    private const int OnTruncate = 1 << 5;
    private const int InsteadOf = 1 << 6;

    private const string WhenStart = " WHEN (";
    private const string WhenEnd = ") EXECUTE FUNCTION ";

    private readonly CatalogLookup _lookup;
    private readonly ILookup<uint, TriggerRow> _triggers;
    private readonly ILookup<uint, PolicyRow> _policies;
    private readonly ILookup<uint, RuleRow> _rules;

    /// <summary>Looks through rows.</summary>
    public MemberAssembler(CatalogLookup lookup, CatalogRows rows)
    {
        _lookup = lookup;
        _triggers = rows.Triggers.Rows.OrderBy(t => t.Name, StringComparer.Ordinal).ToLookup(t => t.Table);
        _policies = rows.Policies.Rows.OrderBy(p => p.Name, StringComparer.Ordinal).ToLookup(p => p.Table);
        _rules = rows.Rules.Rows.OrderBy(r => r.Name, StringComparer.Ordinal).ToLookup(r => r.Table);
    }

    /// <summary>The triggers of a table or view.</summary>
    public ImmutableArray<Trigger> Triggers(uint table) => [.. _triggers[table].Select(Trigger)];

    /// <summary>The policies of a table.</summary>
    public ImmutableArray<Policy> Policies(uint table) => [.. _policies[table].Select(Policy)];

    /// <summary>The rules of a table or view.</summary>
    public ImmutableArray<RewriteRule> Rules(uint table) => [.. _rules[table].Select(r => new RewriteRule
    {
        Name = r.Name,
        Definition = new SqlExpression(r.Definition, true),
        State = State(r.State),
        Comment = _lookup.Comment("pg_rewrite", r.Oid),
    })];

    private Trigger Trigger(TriggerRow row)
    {
        var arguments = Arguments(row.Arguments);
        return new Trigger
        {
            Name = row.Name,
            Timing = (row.Type & Before) != 0 ? TriggerTiming.Before : (row.Type & InsteadOf) != 0 ? TriggerTiming.InsteadOf : TriggerTiming.After,
            Events = Events(row.Type),
            UpdateColumns = _lookup.ColumnNames(row.Table, row.Columns),
            ForEachRow = (row.Type & ForEachRow) != 0,
            When = CatalogLookup.Expression(When(row.Definition, arguments)),
            Function = new ObjectName(row.FunctionSchema, row.FunctionName),
            Arguments = arguments,
            IsConstraint = row.IsConstraint,
            IsDeferrable = row.IsDeferrable,
            IsInitiallyDeferred = row.IsDeferred,
            ReferencedTable = row.Referenced == 0 ? null : _lookup.NameOfRelation(row.Referenced),
            OldTable = row.OldTable,
            NewTable = row.NewTable,
            State = State(row.State),
            Comment = _lookup.Comment("pg_trigger", row.Oid),
        };
    }

    private Policy Policy(PolicyRow row) => new()
    {
        Name = row.Name,
        IsPermissive = row.IsPermissive,
        Command = row.Command switch { 'r' => PolicyCommand.Select, 'a' => PolicyCommand.Insert, 'w' => PolicyCommand.Update, 'd' => PolicyCommand.Delete, _ => PolicyCommand.All },
        Roles = row.Roles is [] or [0] ? ["public"] : [.. row.Roles.Select(_lookup.Role).Order(StringComparer.Ordinal)],
        Using = CatalogLookup.Expression(row.Using),
        WithCheck = CatalogLookup.Expression(row.WithCheck),
        Comment = _lookup.Comment("pg_policy", row.Oid),
    };

    private static TriggerEvents Events(int type) =>
        ((type & OnInsert) != 0 ? TriggerEvents.Insert : 0) | ((type & OnDelete) != 0 ? TriggerEvents.Delete : 0)
        | ((type & OnUpdate) != 0 ? TriggerEvents.Update : 0) | ((type & OnTruncate) != 0 ? TriggerEvents.Truncate : 0);

    // Each argument ends in a zero byte.
    private static ImmutableArray<string> Arguments(byte[] bytes)
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
            {
                arguments.Add(Encoding.UTF8.GetString(bytes, start, i - start));
                start = i + 1;
            }
        }

        return arguments.ToImmutable();
    }

    // pg_get_expr cannot print a condition over two rows, OLD and NEW; the whole statement holds it in front of the call, whose arguments may say anything.
    private static string? When(string? definition, ImmutableArray<string> arguments)
    {
        if (definition is null)
        {
            return null;
        }

        var call = $"({string.Join(", ", arguments.Select(Identifiers.QuoteLiteral))})";
        var head = definition.EndsWith(call, StringComparison.Ordinal) ? definition[..^call.Length] : definition;
        var start = head.IndexOf(WhenStart, StringComparison.Ordinal);
        var end = head.LastIndexOf(WhenEnd, StringComparison.Ordinal);
        return start < 0 || end < start ? null : head[(start + WhenStart.Length)..end];
    }

    private static TriggerState State(char letter) => letter switch { 'D' => TriggerState.Disabled, 'R' => TriggerState.Replica, 'A' => TriggerState.Always, _ => TriggerState.Enabled };
}
