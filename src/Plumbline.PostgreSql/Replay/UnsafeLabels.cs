using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay;

/// <summary>
/// Labels that the running transaction added to an enum, which may not be used before it ends. Expressions do not see them; the error that there is no such
/// label is turned into the one that PostgreSQL gives.
/// </summary>
internal static class UnsafeLabels
{
    private const string Prefix = "invalid input value for enum ";

    /// <summary>The error as PostgreSQL gives it.</summary>
    public static SqlError Translate(Database database, SqlError error)
    {
        if (error.SqlState != "22P02" || !error.Message.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return error;
        }

        foreach (var type in database.Types)
        {
            if (type.Kind != PgTypeKind.Enum)
            {
                continue;
            }

            foreach (var label in type.Row.Labels)
            {
                var name = database.FormatType(type.Oid);
                if (label.UnsafeIn == database.Transaction && label.UnsafeIn != 0 && error.Message == $"{Prefix}{name}: \"{label.Name}\"")
                {
                    return error with
                    {
                        SqlState = "55P04",
                        Message = $"unsafe use of new value \"{label.Name}\" of enum type {name}",
                        Hint = "New enum values must be committed before they can be used.",
                    };
                }
            }
        }

        return error;
    }
}
