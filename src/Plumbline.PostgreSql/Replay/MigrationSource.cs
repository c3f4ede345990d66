using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>One migration, or any other SQL file, to be replayed. It is parsed once for all who go through its statements, if it is not huge.</summary>
public sealed class MigrationSource
{
    // Syntax trees take many times the memory of their text: those of a longer one are made again each time, and live no longer than their statement.
    private const int MaximumKeptLength = 1 << 20;

    private readonly Lazy<ScriptStatement[]>? _kept;

    // Two threads that ask at once compute the same twice, which is harmless.
    private ScriptShape? _shape;

    /// <summary>A script that has not been parsed yet.</summary>
    /// <param name="name">The name by which the history knows it: the name of its folder.</param>
    /// <param name="text">Its SQL.</param>
    public MigrationSource(string name, SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Name = name;
        Text = text;
        _kept = text.Text.Length <= MaximumKeptLength ? new Lazy<ScriptStatement[]>(() => [.. SqlParser.Read(text.Text)]) : null;
    }

    /// <summary>The name by which the history knows it: the name of its folder.</summary>
    public string Name { get; }

    /// <summary>Its SQL.</summary>
    public SourceText Text { get; }

    /// <summary>Its statements as psql reads them, in their order.</summary>
    public IEnumerable<ScriptStatement> Statements => _kept?.Value ?? Stream();

    /// <summary>Whether the statements stay in memory once they are parsed.</summary>
    public bool IsKept => _kept is not null;

    /// <summary>What must be known of all statements before the first of them runs as part of a string.</summary>
    internal ScriptShape Shape => _shape ??= ScriptShape.Of(Statements);

    /// <summary>Parses what is kept, so that it is there when it is asked for.</summary>
    internal void Prepare() => _ = _kept?.Value;

    // A caller that goes through a huge script to its end learns its shape on the way, and so spares another parse.
    private IEnumerable<ScriptStatement> Stream()
    {
        var shape = ScriptShape.Empty;
        foreach (var statement in SqlParser.Read(Text.Text))
        {
            shape = shape.With(statement);
            yield return statement;
        }

        _shape ??= shape;
    }
}

/// <summary>What must be known of all statements of a script before the first of them runs as part of a string.</summary>
/// <param name="Count">Number of statements.</param>
/// <param name="FirstInvalid">Index of the first statement that the parser refuses; null where there is none.</param>
internal sealed record ScriptShape(int Count, int? FirstInvalid)
{
    /// <summary>The shape of a script without statements.</summary>
    public static ScriptShape Empty { get; } = new(0, null);

    /// <summary>The shape of some statements.</summary>
    public static ScriptShape Of(IEnumerable<ScriptStatement> statements) => statements.Aggregate(Empty, static (shape, statement) => shape.With(statement));

    /// <summary>The shape with one more statement.</summary>
    public ScriptShape With(ScriptStatement statement) => new(Count + 1, FirstInvalid ?? (statement.Statement is InvalidStatement ? Count : null));
}
