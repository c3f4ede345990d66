using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;

namespace Plumbline.PostgreSql.Replay.Statements.Session;

/// <summary>SET and RESET. PostgreSQL documentation, "SET".</summary>
internal static class SessionCommands
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, SetStatement statement)
    {
        var settings = execution.Settings;
        var isLocal = statement.Scope == SetScope.Local;
        if (statement.Kind == SetKind.ResetAll)
        {
            settings.SetPath(null, isLocal: false);
            return;
        }

        if (isLocal && !execution.IsTransactional && !execution.IsInFunction)
        {
            // Only a warning: it holds for no longer than the statement itself.
            return;
        }

        var isReset = statement.Kind is SetKind.Reset or SetKind.Default;
        switch (statement.Name)
        {
            case "search_path":
                settings.SetPath(isReset ? null : SettingValues.Path(statement), isLocal);
                break;
            case "role":
                var role = isReset ? "none" : SettingValues.Text(statement.Values[0]);
                settings.SetRole(role == "none" ? null : Find(execution, role));
                break;
            case "session_authorization":
                settings.SetSessionRole(isReset ? null : Find(execution, SettingValues.Text(statement.Values[0])));
                break;
            case "TRANSACTION" or "SESSION CHARACTERISTICS" or "TRANSACTION SNAPSHOT":
                break;
            default:
                if (!SettingNames.IsKnown(statement.Name))
                {
                    throw new RefusedException("42704", $"unrecognized configuration parameter \"{statement.Name}\"");
                }

                settings.SetOther(statement.Name.ToLowerInvariant(), isReset ? null : string.Join(", ", statement.Values.Select(SettingValues.Text)));
                break;
        }
    }

    private static RoleObject Find(Execution execution, string name) => execution.Database.FindRole(name) ?? throw new RefusedException("22023", $"role \"{name}\" does not exist");
}
