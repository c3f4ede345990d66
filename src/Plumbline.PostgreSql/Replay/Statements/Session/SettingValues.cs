using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Session;

namespace Plumbline.PostgreSql.Replay.Statements.Session;

/// <summary>The values of SET.</summary>
internal static class SettingValues
{
    /// <summary>The schemas that SET search_path names.</summary>
    public static ImmutableArray<string> Path(SetStatement statement)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var value in statement.Values)
        {
            var text = Text(value);
            if (text.Length > 0)
            {
                names.Add(text);
            }
        }

        return names.ToImmutable();
    }

    /// <summary>The schemas in a search path that is one string (<c>SplitIdentifierString</c>).</summary>
    public static ImmutableArray<string> SplitPath(string text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || text[i] == ',')
            {
                i++;
                continue;
            }

            if (text[i] == '"')
            {
                var end = text.IndexOf('"', i + 1);
                end = end < 0 ? text.Length : end;
                names.Add(text[(i + 1)..end]);
                i = end + 1;
                continue;
            }

            var stop = text.AsSpan(i).IndexOfAny(", \t\n");
            stop = stop < 0 ? text.Length : i + stop;
            names.Add(text[i..stop].ToLowerInvariant());
            i = stop;
        }

        return names.ToImmutable();
    }

    /// <summary>A schema as it appears in a stored search path.</summary>
    public static string QuotePath(string name) => name == "$user" ? "\"$user\"" : Identifiers.Quote(name);

    /// <summary>The values as one string, as a function's or role's setting keeps them (<c>flatten_set_variable_args</c>).</summary>
    public static string Flatten(SetStatement statement)
    {
        var isList = statement.Name is "search_path" or "datestyle" or "temp_tablespaces" or "session_preload_libraries" or "local_preload_libraries" or "shared_preload_libraries" or "log_destination";
        return string.Join(", ", statement.Values.Select(v => isList && v is ConstantExpr { Kind: ConstantKind.String } or QualifiedName or ColumnRefExpr ? Identifiers.Quote(Text(v)) : Text(v)));
    }

    /// <summary>One value as text.</summary>
    public static string Text(SqlNode value) => value switch
    {
        ConstantExpr constant => constant.Text,
        QualifiedName name => name.ToString(),
        ColumnRefExpr column => string.Join('.', column.Parts),
        SqlTypeName type => type.Name.ToString(),
        _ => "",
    };
}
