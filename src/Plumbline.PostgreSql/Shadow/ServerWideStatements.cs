using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;

namespace Plumbline.PostgreSql.Shadow;

/// <summary>Statements that reach beyond the database in which they run: into the server's roles, databases, settings and files. None of them may run in a
/// shadow database. PostgreSQL documentation, "Managing Databases": roles, databases and tablespaces belong to the whole cluster.</summary>
internal static partial class ServerWideStatements
{
    /// <summary>Why a statement is left out; null for one that stays inside of its database.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="text">Its text, without the comments in front of it.</param>
    public static string? WhyLeftOut(SqlStatement statement, ReadOnlySpan<char> text) => statement switch
    {
        CopyStatement => "it moves rows of a file or a program of the server, or those that stand behind it",
        GrantRoleStatement => "who is a member of a role is known to the whole server",
        DoStatement { Code: var code } when Inside().IsMatch(code) => "the block may change roles, databases or settings of the whole server",
        _ => Beginning().IsMatch(text) ? "it changes roles, databases or settings of the whole server" : null,
    };

    [GeneratedRegex(
        @"\A\s*(?:(?:CREATE|ALTER|DROP)\s+(?:ROLE|USER(?!\s+MAPPING)|GROUP|DATABASE|TABLESPACE|SUBSCRIPTION|SYSTEM)\b|(?:REASSIGN|DROP)\s+OWNED\b|COMMENT\s+ON\s+(?:ROLE|DATABASE|TABLESPACE|SUBSCRIPTION)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    [GeneratedRegex(
        @"\b(?:(?:CREATE|ALTER|DROP)\s+(?:ROLE|USER(?!\s+MAPPING)|GROUP|DATABASE|TABLESPACE|SUBSCRIPTION|SYSTEM)|(?:REASSIGN|DROP)\s+OWNED|(?:FROM|TO)\s+PROGRAM)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Inside();
}
