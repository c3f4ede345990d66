using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast;

/// <summary>A name as the catalog holds it: folded to lower case unless quoted, and cut to 63 bytes.</summary>
/// <param name="Name">The name.</param>
/// <param name="Span">Its place in the text, with its quotes.</param>
/// <param name="Uncut">The folded name in full, where PostgreSQL cuts it; else null.</param>
public readonly record struct Identifier(string Name, TextSpan Span, string? Uncut = null)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A name with up to two qualifiers before it, such as <c>public.users</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Parts">Its parts, in the order written; at least one.</param>
public sealed record QualifiedName(TextSpan Span, ImmutableArray<Identifier> Parts) : SqlNode(Span)
{
    /// <summary>The last part.</summary>
    public string Name => Parts[^1].Name;

    /// <summary>The part before the last; null where there is one part only.</summary>
    public string? Schema => Parts.Length > 1 ? Parts[^2].Name : null;

    /// <summary>The part before <see cref="Schema"/>: a database. Null where there are two parts or less.</summary>
    public string? Catalog => Parts.Length > 2 ? Parts[^3].Name : null;

    /// <summary>The parts with points between them, unquoted, as PostgreSQL's messages show them.</summary>
    public override string ToString() => Parts.Length == 1 ? Parts[0].Name : string.Join('.', Parts);
}

/// <summary>An operator's name, such as <c>@></c> or <c>OPERATOR(pg_catalog.+)</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Qualifiers">The schema (and database) before it; mostly empty.</param>
/// <param name="Symbol">The operator; <c>!=</c> is given as <c>&lt;&gt;</c>, as PostgreSQL reads it.</param>
public sealed record OperatorName(TextSpan Span, ImmutableArray<Identifier> Qualifiers, string Symbol) : SqlNode(Span)
{
    /// <summary>The schema before it; null where none is written.</summary>
    public string? Schema => Qualifiers.IsDefaultOrEmpty ? null : Qualifiers[^1].Name;

    /// <summary>Schema and operator as PostgreSQL's messages show them.</summary>
    public override string ToString() => Qualifiers.IsDefaultOrEmpty ? Symbol : string.Join('.', Qualifiers) + "." + Symbol;
}

/// <summary>A role as GRANT, OWNER TO and their kin name it.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">Whether it is a name or a word that stands for a role.</param>
/// <param name="Name">The role's name where <paramref name="Kind"/> is <see cref="RoleKind.Named"/>; else null.</param>
public sealed record RoleSpec(TextSpan Span, RoleKind Kind, string? Name) : SqlNode(Span);

/// <summary>How a role is named.</summary>
public enum RoleKind
{
    /// <summary>By its name.</summary>
    Named,

    /// <summary>CURRENT_ROLE.</summary>
    CurrentRole,

    /// <summary>CURRENT_USER.</summary>
    CurrentUser,

    /// <summary>SESSION_USER.</summary>
    SessionUser,

    /// <summary>PUBLIC.</summary>
    Public,
}

/// <summary>One element of a list of options: <c>fillfactor = 70</c>, <c>toast.autovacuum_enabled</c>, <c>INCREMENT BY 2</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Namespace">The word before the point, as in <c>toast.x</c>; else null.</param>
/// <param name="Name">Its name in lower case, as PostgreSQL's grammar calls it (<c>increment</c>, <c>owned_by</c>, <c>fillfactor</c>).</param>
/// <param name="Value">Its value: a constant, type name, operator name, qualified name or <see cref="OptionList"/>; null where none is written.</param>
public sealed record DefinitionOption(TextSpan Span, string? Namespace, string Name, SqlNode? Value) : SqlNode(Span)
{
    /// <summary>The value as text where it is a constant, a word or a name; else null.</summary>
    public string? Text => Value switch
    {
        ConstantExpr constant => constant.Text,
        SqlTypeName type => type.Name.ToString(),
        QualifiedName name => name.ToString(),
        OperatorName operatorName => operatorName.ToString(),
        _ => null,
    };
}

/// <summary>A list as the value of an option.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Items">Its items.</param>
public sealed record OptionList(TextSpan Span, ImmutableArray<SqlNode> Items) : SqlNode(Span);
