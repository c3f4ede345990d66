using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Procedures;
using Plumbline.PostgreSql.Replay.Statements.Session;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.PlPgSql;

namespace Plumbline.PostgreSql.Shadow;

/// <summary>
/// Decides by their syntax trees which statements reach beyond the database in which they run: into the server's roles, databases, settings and files. None of them runs
/// in a shadow database. The code of DO blocks and functions is read too, and the text of EXECUTE where it is constant. PostgreSQL documentation, "Managing Databases":
/// roles, databases and tablespaces belong to the whole cluster.
/// </summary>
internal static class ServerWideStatements
{
    private const string ChangesServer = "changes roles, databases or settings of the whole server";
    private const string ChangesRole = "changes the role of the session";
    private const string ChangesCatalog = "changes the system catalog";
    private const string ChangesReading = "changes how the server reads the text of statements";

    private const string Strings = "standard_conforming_strings";
    private const string Encoding = "client_encoding";

    // Code in code in code; what is deeper is not decided.
    private const int DeepestCode = 8;

    // PostgreSQL documentation, "System Administration Functions", "Server-Side Functions" of large objects, "dblink", "adminpack".
    private static readonly FrozenSet<string> ServerFunctions = FrozenSet.Create(
        StringComparer.Ordinal,
        "pg_terminate_backend", "pg_cancel_backend", "pg_reload_conf", "pg_rotate_logfile", "pg_rotate_logfile_old", "pg_read_file", "pg_read_file_old", "pg_read_binary_file", "pg_stat_file",
        "pg_current_logfile", "pg_logdir_ls", "lo_export", "lo_import", "pg_create_physical_replication_slot", "pg_create_logical_replication_slot", "pg_copy_physical_replication_slot",
        "pg_copy_logical_replication_slot", "pg_drop_replication_slot", "pg_sync_replication_slots", "pg_switch_wal", "pg_create_restore_point", "pg_start_backup", "pg_stop_backup", "pg_promote",
        "pg_log_backend_memory_contexts", "pg_import_system_collations", "pg_switch_xlog");

    private static readonly ImmutableArray<string> BeginningsOfServerFunctions =
        ["dblink", "pg_replication_", "pg_logical_slot_", "pg_file_", "pg_ls_", "pg_stat_reset", "pg_backup_", "pg_wal_replay_"];

    // They run the text that they are given. PostgreSQL documentation, "Mapping Tables to XML", "Functions That Support Text Search", "tablefunc", "xml2".
    private static readonly FrozenSet<string> FunctionsThatRunText = FrozenSet.Create(
        StringComparer.Ordinal,
        "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "cursor_to_xml", "cursor_to_xmlschema", "table_to_xml", "table_to_xmlschema", "table_to_xml_and_xmlschema",
        "ts_stat", "ts_rewrite", "connectby", "xpath_table");

    private const string BeginningOfCrosstabs = "crosstab";
    private const string ChangesSetting = "set_config";

    // What is defined by naming functions that it calls later, without their parentheses.
    private static readonly FrozenSet<Keyword> DefinedByFunctions = FrozenSet.Create(
        Keyword.Operator, Keyword.Aggregate, Keyword.Cast, Keyword.Type, Keyword.Conversion, Keyword.Language, Keyword.Access, Keyword.Text, Keyword.Foreign, Keyword.Transform);

    /// <summary>What a statement reaches.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="text">Its text.</param>
    public static StatementReach Of(SqlStatement statement, string text)
    {
        var own = OfCalls(text);
        if (own.Predicate is null)
        {
            var reach = own.And(Of(statement, 0));
            return reach with { Why = reach.Predicate is null ? null : (statement is DoStatement or CreateFunctionStatement ? "its code " : "it ") + reach.Predicate };
        }

        return own with { Why = "it " + own.Predicate };
    }

    /// <summary>Why no statement can be run, because the server reads the text of statements otherwise than they were read here; null where it does not.</summary>
    /// <param name="parameters">What the server reports of its settings.</param>
    public static string? WhyReadOtherwise(IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue(Strings, out var strings) && strings != "on" ? $"the server's setting {Strings} is {strings}, so that backslashes in strings mean something else"
        : parameters.TryGetValue(Encoding, out var encoding) && encoding != "UTF8" ? $"the session's {Encoding} is {encoding}"
        : null;

    private static StatementReach Of(SqlStatement statement, int depth) => statement switch
    {
        CopyStatement { File: null, IsFrom: true } => new("needs the rows that follow it"),
        CopyStatement { File: null } => new("sends rows to the client"),
        CopyStatement { Program: true } => new("runs a program of the server"),
        CopyStatement => new("reads or writes a file of the server"),
        CreateRoleStatement or AlterRoleStatement or DropRoleStatement or GrantRoleStatement or AlterSettingStatement or AlterSystemStatement or OwnedStatement => new(ChangesServer),
        CreateOtherObjectStatement { Object.Kind: var kind } => OfKind(kind),
        AlterOtherObjectStatement { Object.Kind: var kind } => OfKind(kind),
        DropStatement { Kind: var kind } => OfKind(kind),
        RenameStatement { Object.Kind: var kind } => OfKind(kind),
        AlterOwnerStatement { Object.Kind: var kind } => OfKind(kind),
        CommentStatement { Object.Kind: var kind } => OfKind(kind),
        SecurityLabelStatement { Object.Kind: var kind } => OfKind(kind),
        GrantStatement { Kind: var kind } => OfKind(kind),
        SetStatement s => OfSetting(s),
        TransactionStatement { Kind: TransactionKind.Prepare or TransactionKind.CommitPrepared or TransactionKind.RollbackPrepared } => new("prepares or ends a transaction that outlives its session"),
        SessionCommandStatement { Command: "LOAD" } => new("loads a library into the server"),
        InsertStatement s => OfTable(s.Table),
        UpdateStatement s => OfTable(s.Table.Name),
        DeleteStatement s => OfTable(s.Table.Name),
        MergeStatement s => OfTable(s.Table.Name),
        TruncateStatement s => All(s.Tables.Select(t => OfTable(t.Name))),
        ExplainStatement s => Of(s.Statement, depth),
        PrepareStatement s => Of(s.Statement, depth),
        DoStatement s => OfCode(s.Code, s.Language ?? "plpgsql", depth),
        CreateFunctionStatement s => OfFunction(s, depth).And(OfSettings(s.Options)),
        AlterFunctionStatement s => OfSettings(s.Options),
        UnknownStatement or InvalidStatement or PsqlCommandStatement => StatementReach.Undecided,
        _ => StatementReach.Inside,
    };

    private static StatementReach OfKind(SqlObjectKind kind) =>
        kind is SqlObjectKind.Role or SqlObjectKind.Database or SqlObjectKind.Tablespace or SqlObjectKind.Subscription or SqlObjectKind.Parameter ? new(ChangesServer) : StatementReach.Inside;

    private static StatementReach OfTable(QualifiedName table) =>
        table.Schema is "pg_catalog" or "information_schema" || (table.Schema is null && table.Name.StartsWith("pg_", StringComparison.Ordinal)) ? new(ChangesCatalog) : StatementReach.Inside;

    // PostgreSQL documentation, "String Constants": with standard_conforming_strings off, '-- \n' goes on in another line, and in some encodings half of a letter is a
    // backslash. What was read here would not be what runs there. Dumps set both to the values that hold anyway.
    private static StatementReach OfSetting(SetStatement setting) => setting.Name.ToLowerInvariant() switch
    {
        "role" or "session_authorization" => new(ChangesRole),
        Strings when setting.Kind == SetKind.Value && !(TextOf(setting) is "on" or "true" or "yes" or "1") => new(ChangesReading),
        Encoding when setting.Kind == SetKind.Value && !(TextOf(setting) is "utf8" or "utf-8" or "unicode") => new(ChangesReading),
        _ => StatementReach.Inside,
    };

    private static string? TextOf(SetStatement setting) => setting.Values is [var value] ? SettingValues.Text(value).ToLowerInvariant() : null;

    private static StatementReach OfSettings(ImmutableArray<DefinitionOption> options) => All(options.Select(o => o.Value).OfType<SetStatement>().Select(OfSetting));

    private static StatementReach All(IEnumerable<StatementReach> reaches) => reaches.Aggregate(StatementReach.Inside, (all, one) => all.And(one));

    private static StatementReach OfFunction(CreateFunctionStatement function, int depth)
    {
        if (function.Body is { } body)
        {
            return All(body.Statements.Select(s => Of(s, depth + 1)));
        }

        var language = function.Options.LastOrDefault(o => o.Name == "language")?.Text ?? "sql";
        return function.Options.LastOrDefault(o => o.Name == "as")?.Value switch
        {
            ConstantExpr code => OfCode(code.Text, language, depth),
            OptionList { Items: [ConstantExpr code] } => OfCode(code.Text, language, depth),
            _ => StatementReach.Undecided,
        };
    }

    private static StatementReach OfCode(string code, string language, int depth)
    {
        if (depth >= DeepestCode)
        {
            return StatementReach.Undecided;
        }

        return language switch
        {
            "sql" => OfText(code, depth),
            "plpgsql" => OfCalls(code, depth).And(PlPgSqlParser.Parse(code).Block is { } block ? All(SchemaEffects.All(block).Select(s => Of(s, depth))) : StatementReach.Undecided),
            _ => StatementReach.Undecided,
        };
    }

    private static StatementReach OfText(string text, int depth) =>
        depth >= DeepestCode ? StatementReach.Undecided : OfCalls(text, depth).And(All(SqlParser.Read(text, isPsql: false).Select(s => Of(s.Statement, depth + 1))));

    private static StatementReach Of(PlStatement statement, int depth) => statement switch
    {
        PlBlock s => All(s.Declarations.Select(d => d.Cursor is { } cursor ? Of(cursor, depth + 1) : StatementReach.Inside)),
        PlSql s => Of(s.Statement, depth + 1),
        PlExecute s => OfExecute(s.Command, depth),
        PlForQuery { Execute: { } text } => OfExecute(text, depth),
        PlForQuery { Query: { } query } => Of(query, depth + 1),
        PlReturn { Query: { } query } => Of(query, depth + 1),
        PlReturn { Kind: PlReturnKind.Query, Value: { } text } => OfExecute(text, depth),
        PlCursorCommand { Execute: { } text } => OfExecute(text, depth),
        _ => StatementReach.Inside,
    };

    private static StatementReach OfExecute(SqlExpr command, int depth) => Constant(command) is { } text ? OfText(text, depth + 1) : StatementReach.Undecided;

    // The text of a constant, also of several that are put together; null for anything that is known only when it runs.
    private static string? Constant(SqlExpr expression)
    {
        switch (expression)
        {
            case ConstantExpr { Kind: ConstantKind.String } constant:
                return constant.Text;
            case CastExpr cast:
                return Constant(cast.Operand);
            case OperatorExpr { Operator.Symbol: "||", Left: { } left, Right: var right }:
                return Constant(left) is { } first && Constant(right) is { } second ? first + second : null;
            case FunctionCallExpr { Name.Name: "concat" or "format", Arguments: var arguments } call:
                ImmutableArray<string?> values = [.. arguments.Select(a => Constant(a.Value))];
                return values.Contains(null) || (call.Name.Name == "format" && (values.Length != 1 || values[0]!.Contains('%', StringComparison.Ordinal))) ? null : string.Concat(values);
            default:
                return null;
        }
    }

    // By the tokens: a comment or a string is no call, and a name counts in each of its spellings. It counts without a call too: an operator, an aggregate or a cast calls the
    // function that it was made of.
    private static StatementReach OfCalls(string text, int depth = 0)
    {
        var lexer = new SqlLexer(text, 0, text.Length);
        var reach = StatementReach.Inside;
        var isDefinition = false;
        Token last = default;
        for (var token = lexer.Next(); token.Kind != TokenKind.End; last = token, token = lexer.Next())
        {
            isDefinition |= last.Keyword is Keyword.Create or Keyword.Alter or Keyword.Replace or Keyword.Default or Keyword.Procedural or Keyword.Trusted && DefinedByFunctions.Contains(token.Keyword);
            if (token.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier)
            {
                var name = TokenText.ReadIdentifier(text, token).Name;
                var isCalled = Peek(lexer).Symbol == '(';
                if (ServerFunctions.Contains(name) || ((isCalled || isDefinition) && BeginningsOfServerFunctions.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal))))
                {
                    return new($"{(isCalled ? "calls" : "names")} {name}, which reaches beyond the database");
                }

                if (name == ChangesSetting)
                {
                    reach = reach.And(isCalled ? OfSetting(text, lexer) : StatementReach.Undecided);
                }
                else if (FunctionsThatRunText.Contains(name) || name.StartsWith(BeginningOfCrosstabs, StringComparison.Ordinal))
                {
                    reach = reach.And(isCalled ? OfTextInCall(text, lexer, depth) : isDefinition ? StatementReach.Undecided : StatementReach.Inside);
                }
            }
            else if (token.Kind is TokenKind.Error or TokenKind.UnicodeIdentifier)
            {
                // U&"…" UESCAPE '!' has another escape character.
                reach = reach.And(StatementReach.Undecided);
            }
        }

        return reach;
    }

    private static Token Peek(SqlLexer lexer) => lexer.Next();

    // crosstab('SELECT …'): where all that it is given are constants, the texts among them are read.
    private static StatementReach OfTextInCall(string text, SqlLexer lexer, int depth)
    {
        var reach = StatementReach.Inside;
        var hasText = false;
        lexer.Next();
        for (var token = lexer.Next(); token.Symbol != ')'; token = lexer.Next())
        {
            switch (token.Kind)
            {
                case TokenKind.String or TokenKind.EscapeString or TokenKind.DollarString when TryRead(text, token) is { } sql:
                    hasText = true;
                    reach = reach.And(OfText(sql, depth + 1));
                    break;
                case TokenKind.Integer or TokenKind.DoubleColon or TokenKind.Keyword:
                case TokenKind.Symbol when token.Symbol == ',':
                case TokenKind.Identifier when text.AsSpan(token.Start, token.End - token.Start).Equals("text", StringComparison.OrdinalIgnoreCase):
                    break;
                default:
                    return StatementReach.Undecided;
            }
        }

        return hasText ? reach : StatementReach.Undecided;
    }

    private static string? TryRead(string text, Token token)
    {
        try
        {
            return TokenText.ReadString(text, token);
        }
        catch (SqlSyntaxException)
        {
            return null;
        }
    }

    // set_config('role', …)
    private static StatementReach OfSetting(string text, SqlLexer lexer)
    {
        lexer.Next();
        var token = lexer.Next();
        var end = lexer.Next();
        return token.Kind is not (TokenKind.String or TokenKind.DollarString) || end.Symbol != ',' ? StatementReach.Undecided
            : TokenText.ReadString(text, token).ToLowerInvariant() switch
            {
                "role" or "session_authorization" => new(ChangesRole),
                Strings or Encoding => new(ChangesReading),
                _ => StatementReach.Inside,
            };
    }
}
