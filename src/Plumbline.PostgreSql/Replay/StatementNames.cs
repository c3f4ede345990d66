using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay;

/// <summary>The names that a statement would make or take away if it ran, and those whose absence or presence it was refused for.</summary>
internal static partial class StatementNames
{
    /// <summary>The names that a statement would make.</summary>
    public static IEnumerable<string> Makes(SqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement s:
                yield return s.Name.Name;
                foreach (var element in s.Elements)
                {
                    if (element is ColumnDefinition column)
                    {
                        yield return Member(s.Name, column.Name.Name);
                    }

                    if (element is ConstraintDefinition { Name: { } constraint })
                    {
                        yield return constraint.Name;
                    }
                }

                break;
            case CreateTableAsStatement s: yield return s.Name.Name; break;
            case SelectStatement { Into: { } into }: yield return into.Table.Name; break;
            case CreateViewStatement s: yield return s.Name.Name; break;
            case CreateTypeStatement s: yield return s.Name.Name; break;
            case CreateDomainStatement s: yield return s.Name.Name; break;
            case CreateSequenceStatement s: yield return s.Name.Name; break;
            case CreateFunctionStatement s: yield return s.Name.Name; break;
            case CreateSchemaStatement s: yield return s.Name?.Name ?? ""; break;
            case CreateRoleStatement s: yield return s.Name.Name ?? ""; break;
            case CreateTriggerStatement s: yield return s.Name.Name; break;
            case CreatePolicyStatement s: yield return s.Name.Name; break;
            case CreatePublicationStatement s: yield return s.Name.Name; break;
            case CreateExtensionStatement s:
                yield return s.Name.Name;
                yield return "extension:" + s.Name.Name;
                break;
            case CreateIndexStatement s:
                if (s.Name is { } index)
                {
                    yield return index.Name;
                }

                yield return "key:" + s.Table.Name;
                break;
            case AlterEnumStatement s: yield return "label:" + s.NewValue.Text; break;
            case RenameStatement s:
                yield return s.Member is null ? s.NewName.Name : Member(s.Object.Name!, s.NewName.Name);
                break;
            case AlterTableStatement s:
                foreach (var action in s.Actions)
                {
                    switch (action)
                    {
                        case AddColumnAction add: yield return Member(s.Name, add.Column.Name.Name); break;
                        case AddConstraintAction { Constraint: var constraint }:
                            if (constraint.Name is { } name)
                            {
                                yield return name.Name;
                            }

                            if (constraint is KeyDefinition)
                            {
                                yield return "key:" + s.Name.Name;
                            }

                            break;
                    }
                }

                break;
        }
    }

    /// <summary>The names that a statement would take away.</summary>
    public static IEnumerable<string> Takes(SqlStatement statement)
    {
        switch (statement)
        {
            case DropStatement s:
                foreach (var item in s.Objects)
                {
                    if ((item.Name ?? item.Type?.Name)?.Name is { } name)
                    {
                        yield return name;
                    }
                }

                break;
            case RenameStatement s:
                yield return s.OldName is { } old ? Member(s.Object.Name!, old.Name) : (s.Object.Name ?? s.Object.Type?.Name)?.Name ?? "";
                break;
            case AlterTableStatement s:
                foreach (var action in s.Actions)
                {
                    switch (action)
                    {
                        case DropColumnAction drop: yield return Member(s.Name, drop.Column.Name); break;
                        case DropConstraintAction drop: yield return drop.Constraint.Name; break;
                    }
                }

                break;
        }
    }

    /// <summary>The names whose absence a refusal complains of.</summary>
    public static IEnumerable<string> Missing(SqlError error)
    {
        switch (error.SqlState)
        {
            case "42P01" or "42703" or "42704" or "42883" or "3F000" or "22023":
                var names = Quoted().Matches(error.Message).Select(m => m.Groups[1].Value).ToList();
                if (names.Count >= 2)
                {
                    yield return $"{Last(names[1])}.{names[0]}";
                    yield return names[0];
                    break;
                }

                if (names.Count == 1)
                {
                    yield return Last(names[0]);
                    yield return "." + names[0];
                    break;
                }

                var call = Call().Match(error.Message);
                if (call.Success)
                {
                    yield return Last(call.Groups[1].Value);
                }

                break;
            case "42830":
                foreach (Match match in Quoted().Matches(error.Message))
                {
                    yield return "key:" + match.Groups[1].Value;
                }

                break;
            case "22P02":
                foreach (Match match in Quoted().Matches(error.Message))
                {
                    yield return "label:" + match.Groups[1].Value;
                }

                break;
        }
    }

    /// <summary>The names whose presence a refusal complains of.</summary>
    public static IEnumerable<string> Present(SqlError error)
    {
        if (error.SqlState is not ("42P07" or "42701" or "42710" or "42723" or "42P06"))
        {
            yield break;
        }

        var names = Quoted().Matches(error.Message).Select(m => m.Groups[1].Value).ToList();
        if (names.Count > 0)
        {
            yield return Last(names[0]);
        }

        if (names.Count > 1)
        {
            yield return $"{Last(names[1])}.{names[0]}";
        }
    }

    private static string Member(QualifiedName table, string member) => $"{table.Name}.{member}";

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("^(?:function|procedure|type) ([^ (]+)")]
    private static partial Regex Call();
}
