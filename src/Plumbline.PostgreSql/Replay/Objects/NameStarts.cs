namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>
/// How far the numbers of the names that PostgreSQL chooses are known to be taken. Without it, the n-th constraint of a table without a name of its own would ask
/// for n names. It holds only as long as no name becomes free.
/// </summary>
internal sealed class NameStarts(Journal journal)
{
    private readonly Dictionary<(NamespaceObject Schema, string Name), Start> _starts = [];

    /// <summary>The first number that may be free.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name without a number.</param>
    /// <param name="statement">The names that the running statement uses; null where it has none.</param>
    public int Of(NamespaceObject schema, string name, object? statement) =>
        _starts.TryGetValue((schema, name), out var start) && start.Freed == journal.Freed && (start.Statement is null || start.Statement == statement)
            ? start.Number : 0;

    /// <summary>Notes that all numbers before one are taken.</summary>
    public void Note(NamespaceObject schema, string name, object? statement, int number)
    {
        // Few names are chosen more than once.
        if (number > 1)
        {
            _starts[(schema, name)] = new Start(number, journal.Freed, statement);
        }
    }

    private readonly record struct Start(int Number, long Freed, object? Statement);
}
