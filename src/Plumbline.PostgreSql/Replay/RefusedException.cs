namespace Plumbline.PostgreSql.Replay;

/// <summary>PostgreSQL refuses the running statement. Caught where the statement began.</summary>
/// <param name="error">What PostgreSQL says.</param>
internal sealed class RefusedException(SqlError error) : Exception(error.Message)
{
    /// <summary>Refuses with a state and a message, and where the server points.</summary>
    public RefusedException(string sqlState, string message, int? position = null)
        : this(new SqlError(sqlState, message) { Position = position })
    {
    }

    /// <summary>What PostgreSQL says.</summary>
    public SqlError Error { get; } = error;

    /// <summary>Does something whose refusal points nowhere, since the server has forgotten the text by then.</summary>
    public static T Unplaced<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (RefusedException refused) when (refused.Error.Position is not null)
        {
            throw new RefusedException(refused.Error with { Position = null });
        }
    }
}

/// <summary>Nobody can know what the running statement does without its data, or it is beyond what the replay follows. Caught where the statement
/// began.</summary>
/// <param name="reason">Why, as a full sentence.</param>
internal sealed class CannotKnowException(string reason) : Exception(reason);
