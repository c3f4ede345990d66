using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Effects;
using Plumbline.PostgreSql.Replay.History;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>A session with the imagined server: it takes statements one at a time, or a whole string at once, and keeps transactions as PostgreSQL
/// does.</summary>
internal sealed class ReplaySession
{
    // How many outcomes or savepoints are passed in the time that an object is looked at.
    private const int OutcomesOfStep = 4;

    private readonly List<StatementOutcome> _outcomes = [];
    private readonly List<(string Name, int Mark, int Outcome)> _savepoints = [];
    private readonly EffectRecorder? _recorder;

    // What statements would have made that could not be followed: that it is missing is no reason to refuse another.
    private readonly HashSet<string> _perhapsMade = new(StringComparer.Ordinal);
    private TransactionState _state;
    private int _transactionMark;
    private int _transactionOutcome;
    private bool _keepsHistory;

    /// <summary>Connects to a database.</summary>
    public ReplaySession(Database database, ReplayOptions options)
    {
        Database = database;
        Execution = new Execution(database, options);
        if (options.RecordsEffects)
        {
            _recorder = new EffectRecorder(Execution);
            Execution.Code = new CodeRecorder(_recorder);
        }

        database.Gate = this;
        database.Journal.CommitTo(0);
    }

    private enum TransactionState
    {
        None,
        Implicit,
        Open,
        Failed,
    }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>What statements run in.</summary>
    public Execution Execution { get; }

    /// <summary>What became of each statement so far.</summary>
    public List<StatementOutcome> Outcomes => _outcomes;

    /// <summary>Whether something was done that depends on where sessions and transactions begin and end.</summary>
    public bool DependsOnSession => Execution.DependsOnSession || Execution.Settings.WereChanged;

    private Journal Journal => Database.Journal;

    /// <summary>Keeps what is needed to take back everything from now on.</summary>
    /// <returns>The mark to give to <see cref="TakeBack"/>.</returns>
    public int KeepHistory()
    {
        _keepsHistory = true;
        return Journal.Mark();
    }

    /// <summary>Takes back everything since a mark.</summary>
    public void TakeBack(int mark)
    {
        Journal.RollBackTo(mark);
        _keepsHistory = false;
        Execution.Settings.Apply();
    }

    /// <summary>Runs files, statement by statement, and takes all of it back.</summary>
    /// <param name="files">The files, each with its index in the history.</param>
    /// <param name="read">Reads what is wanted of the database before that, from what became of the statements. It is not called inside an open transaction.</param>
    /// <param name="cancellation">Ends the run between two statements.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public T? Try<T>(IEnumerable<(int Index, MigrationSource Source)> files, Func<ImmutableArray<StatementOutcome>, T> read, CancellationToken cancellation)
        where T : class
    {
        if (_state != TransactionState.None)
        {
            return null;
        }

        var before = _outcomes.Count;
        var mark = KeepHistory();
        foreach (var (index, source) in files)
        {
            RunStatements(index, source, cancellation);
        }

        if (_state != TransactionState.None)
        {
            RollBack(isByStatement: false);
        }

        var result = read([.. _outcomes.Skip(before)]);
        TakeBack(mark);
        _outcomes.RemoveRange(before, _outcomes.Count - before);
        return result;
    }

    /// <summary>Connects as Prisma does with a URL that names a schema: creates the schema where it is missing, and makes it the search path of every
    /// session.</summary>
    public void ConnectTo(string schema)
    {
        Database.AddDefaultNamespace(schema);
        Execution.Settings.ConnectionPath = Execution.Options.Platform == ReplayPlatform.Supabase ? [schema, "extensions"] : [schema];
        Reconnect();
    }

    /// <summary>Takes extensions for installed, as far as they are known.</summary>
    public void Assume(ImmutableArray<string> extensions)
    {
        foreach (var extension in extensions)
        {
            var mark = Journal.Mark();
            try
            {
                Extensions.Assume(Execution, extension);
            }
            catch (RefusedException)
            {
                Journal.RollBackTo(mark);
            }
        }

        if (_state == TransactionState.None && !_keepsHistory)
        {
            Journal.CommitTo(0);
        }
    }

    /// <summary>Begins anew, as a program does that connects for each file.</summary>
    public void Reconnect()
    {
        if (_state != TransactionState.None)
        {
            RollBack(isByStatement: false);
        }

        if (Database.FindNamespace("pg_temp") is { } temporary)
        {
            DropTemporary(temporary);
        }

        Execution.Settings.Reset();
        Commit();
    }

    /// <summary>Runs a file as psql does: each statement by itself, going on after errors.</summary>
    public void RunStatements(int migration, MigrationSource source, CancellationToken cancellation)
    {
        Execution.Text = source.Text.Text;
        foreach (var (i, statement) in source.Statements.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            Journal.Statement = new StatementRef(migration, statement.Span.Start, statement.Span.Length);
            _outcomes.Add(Complete(RunOne(statement.Statement, isAlone: true), migration, i, statement, source.Text));
        }
    }

    /// <summary>Runs a file as one string, as Prisma sends it: an error ends it, and takes back what was not committed.</summary>
    /// <returns>Whether all of it succeeded.</returns>
    public bool RunString(int migration, MigrationSource source, CancellationToken cancellation)
    {
        Execution.Text = source.Text.Text;
        var failed = false;
        var (count, bad) = source.Shape;
        foreach (var (i, statement) in source.Statements.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            Journal.Statement = new StatementRef(migration, statement.Span.Start, statement.Span.Length);
            Verdict outcome;
            if (failed || (bad is not null && i != bad))
            {
                // A string with a syntax error is refused before any of it runs.
                outcome = Outcome(OutcomeKind.Skipped);
            }
            else
            {
                if (count > 1 && _state == TransactionState.None)
                {
                    Begin(TransactionState.Implicit);
                }

                outcome = RunOne(statement.Statement, isAlone: count == 1);
                if (outcome.Kind == OutcomeKind.Refused)
                {
                    failed = true;
                    if (_state == TransactionState.Implicit)
                    {
                        RollBack();
                    }
                }
            }

            _outcomes.Add(Complete(outcome, migration, i, statement, source.Text));
        }

        if (_state == TransactionState.Implicit)
        {
            Commit();
        }

        Execution.DependsOnSession |= _state != TransactionState.None ||
            (Database.FindNamespace("pg_temp") is { } temporary && Database.Relations.Any(relation => relation.Namespace == temporary));
        return !failed;
    }

    /// <summary>The structure of the database as it is now. Names in expressions are printed as they are seen from the schema <c>public</c>, as the reader of live
    /// catalogs prints them, whatever schema the connection names.</summary>
    public DatabaseSchema BuildSchema(IReadOnlyList<MigrationSource> migrations)
    {
        if (Execution.Settings.ConnectionPath is null)
        {
            return new SchemaBuilder(Database, migrations).Build();
        }

        Database.PathSetting = ["public"];
        var schema = new SchemaBuilder(Database, migrations).Build();
        Execution.Settings.Apply();
        return schema;
    }

    private static Verdict Outcome(OutcomeKind kind, SqlError? error = null, string? reason = null) => new(kind, error, reason, [], []);

    private StatementOutcome Complete(Verdict verdict, int migration, int index, ScriptStatement statement, SourceText source)
    {
        return new StatementOutcome
        {
            Migration = migration,
            Statement = index,
            Source = source,
            Span = statement.Span,
            Kind = verdict.Kind,
            Command = CommandTag.Of(statement.Statement),
            Effects = verdict.Effects,
            Ran = verdict.Ran,
            CreationSchema = verdict.Kind is OutcomeKind.Refused or OutcomeKind.CannotKnow ? Execution.CreationSchemaName : null,
            Error = verdict.Error,
            ErrorOffset = verdict.Error?.Position,
            Reason = verdict.Reason,
            ExceedsBudget = verdict.ExceedsBudget,
        };
    }

    private Verdict RunOne(SqlStatement statement, bool isAlone)
    {
        if (Execution.Budget.Exhausted is { } exhausted)
            return Outcome(OutcomeKind.CannotKnow, reason: exhausted) with { ExceedsBudget = true };

        _ = Execution.Budget.TakeExceeded();
        switch (statement)
        {
            case InvalidStatement invalid:
                Fail();
                return Outcome(OutcomeKind.Refused, new SqlError(invalid.Error.SqlState, invalid.Error.Message) { Position = invalid.Error.Position, Hint = invalid.Error.Hint, Detail = invalid.Error.Detail });
            case UnknownStatement unknown:
                return Outcome(OutcomeKind.Unknown, reason: unknown.Reason);
            case PsqlCommandStatement:
                return Outcome(OutcomeKind.Done);
        }

        if (_state == TransactionState.Failed && !IsExit(statement))
        {
            return Outcome(OutcomeKind.Refused, new SqlError("25P02", "current transaction is aborted, commands ignored until end of transaction block"));
        }

        var isStarted = _state == TransactionState.None;
        if (isStarted)
        {
            Database.Transaction++;
            Execution.FirstOidOfTransaction = Database.PeekOid;
            _transactionMark = Journal.Mark();
            _transactionOutcome = _outcomes.Count;
        }

        Journal.MoveTo(null);
        Execution.TextStart = 0;
        Execution.Cascaded.Clear();
        Execution.Code?.Clear();
        var mark = Journal.Mark();
        Execution.IsInBlock = _state != TransactionState.None;
        Execution.IsInOpenBlock = _state == TransactionState.Open;
        Execution.IsTransactional = _state != TransactionState.None || !isAlone;
        try
        {
            if (statement is TransactionStatement transaction)
            {
                Execution.DependsOnSession |= transaction.Kind is TransactionKind.Rollback or TransactionKind.Prepare || transaction.IsChain;
                return RunTransaction(transaction);
            }

            RunWithinBudget(statement);
            var effects = _recorder?.Read(mark) ?? [];
            Execution.Budget.UseChanges(effects.Length);
            var ran = Execution.Code?.Take() ?? [];
            if (isStarted)
            {
                Commit();
            }

            return Outcome(OutcomeKind.Done) with { Effects = effects, Ran = ran };
        }
        catch (RefusedException refused) when (StatementNames.Missing(refused.Error).FirstOrDefault(IsPerhapsMade) is { } name)
        {
            return LeaveOut($"Whether {name} exists depends on an earlier statement of which the replay cannot know what it does.", mark);
        }
        catch (RefusedException refused)
        {
            return Refuse(refused.Error, mark);
        }
        catch (CannotKnowException unknown)
        {
            _perhapsMade.UnionWith(StatementNames.Makes(statement));
            var verdict = LeaveOut(unknown.Message, mark) with { ExceedsBudget = Execution.Budget.TakeExceeded() };
            if (statement is DoStatement)
            {
                NotePerhapsMade(statement);
            }

            return verdict;
        }
    }

    // The end of a transaction is never left out half-way, so that the journal and the state agree: it is counted for the statements behind it.
    private void RunWithinBudget(SqlStatement statement)
    {
        try
        {
            Execution.Budget.Begin();
            Dispatch.Run(Execution, statement);
        }
        finally
        {
            Execution.Budget.IsRunning = false;
        }
    }

    private bool IsPerhapsMade(string name)
    {
        Execution.Budget.UseSteps(Execution.TouchedByExtensions.Count);
        return _perhapsMade.Contains(name) || Execution.TouchedByExtensions.Any(t => name.StartsWith(t, StringComparison.Ordinal) && (name.Length == t.Length || name[t.Length] == '_'));
    }

    // Whether the block did it is not known: what it would create may be there, and extensions are taken for installed.
    private void NotePerhapsMade(SqlStatement statement)
    {
        var attempts = AttemptReader.Read(statement, 0, "public").Where(a => a.Kind == ObjectChangeKind.Create).ToList();
        _perhapsMade.UnionWith(attempts.Select(a => a.Member is null || a.ObjectKind.IsConstraint ? a.Member ?? a.Name.Name : $"{a.Name.Name}.{a.Member}"));
        Assume([.. attempts.Where(a => a.ObjectKind == ObjectKind.Extension).Select(a => a.Name.Name)]);
    }

    private Verdict LeaveOut(string reason, int mark)
    {
        Journal.RollBackTo(mark);
        Execution.Settings.Apply();
        return Outcome(OutcomeKind.CannotKnow, reason: reason);
    }

    private Verdict Refuse(SqlError error, int mark)
    {
        error = UnsafeLabels.Translate(Database, error);
        Journal.RollBackTo(mark);
        Execution.Settings.Apply();
        Fail();
        return Outcome(OutcomeKind.Refused, error);
    }

    private static bool IsExit(SqlStatement statement) =>
        statement is TransactionStatement { Kind: TransactionKind.Commit or TransactionKind.Rollback or TransactionKind.RollbackTo or TransactionKind.Prepare };

    private void Fail()
    {
        if (_state == TransactionState.Open)
        {
            _state = TransactionState.Failed;
        }
    }

    private void Begin(TransactionState state)
    {
        Database.Transaction++;
        Execution.FirstOidOfTransaction = Database.PeekOid;
        _transactionMark = Journal.Mark();
        _transactionOutcome = _outcomes.Count;
        _savepoints.Clear();
        _state = state;
    }

    private void Commit()
    {
        DropWhatGoesWithTheTransaction();
        Execution.Settings.EndTransaction();
        if (!_keepsHistory)
        {
            Journal.CommitTo(0);
        }

        End();
    }

    private void DropWhatGoesWithTheTransaction()
    {
        if (Execution.DroppedAtCommit.Count == 0)
        {
            return;
        }

        List<ObjectAddress> left = [.. Execution.DroppedAtCommit.Order().Select(Database.FindObject).OfType<RelationObject>().Select(table => new ObjectAddress(table))];
        new Deletion(Database).Run(left, cascade: true);
        Execution.DroppedAtCommit.Clear();
    }

    private void RollBack(bool isByStatement = true)
    {
        Execution.DroppedAtCommit.Clear();
        Journal.RollBackTo(_transactionMark);
        Execution.Settings.Apply();
        NoteRolledBack(_transactionOutcome, isByStatement);
        End();
    }

    // The running statement is not among the outcomes yet.
    private void NoteRolledBack(int first, bool isByStatement)
    {
        int? cause = isByStatement ? _outcomes.Count : null;
        Execution.Budget.UseSteps((_outcomes.Count - first) / OutcomesOfStep);
        for (var i = _outcomes.Count - 1; i >= first; i--)
        {
            cause = _outcomes[i].Kind == OutcomeKind.Refused ? i : cause;
        }

        for (var i = first; i < _outcomes.Count; i++)
        {
            if (_outcomes[i] is { Effects.IsEmpty: false, IsRolledBack: false } outcome)
            {
                _outcomes[i] = outcome with { IsRolledBack = true, RolledBackBy = cause };
            }
        }
    }

    private void End()
    {
        Database.Transaction++;
        Database.ForgetUnsafeLabels();
        _savepoints.Clear();
        _state = TransactionState.None;
    }

    private Verdict RunTransaction(TransactionStatement statement)
    {
        switch (statement.Kind)
        {
            case TransactionKind.Begin or TransactionKind.Start:
                // In a block it is only a warning; a string that began implicitly goes on as an explicit block.
                if (_state == TransactionState.None)
                {
                    Begin(TransactionState.Open);
                }
                else if (_state == TransactionState.Implicit)
                {
                    _state = TransactionState.Open;
                }

                return Outcome(OutcomeKind.Done);
            case TransactionKind.Commit:
                if (_state == TransactionState.Failed)
                {
                    RollBack();
                }
                else
                {
                    Commit();
                }

                if (statement.IsChain)
                {
                    Begin(TransactionState.Open);
                }

                return Outcome(OutcomeKind.Done);
            case TransactionKind.Rollback:
                if (_state != TransactionState.None)
                {
                    RollBack();
                }

                if (statement.IsChain)
                {
                    Begin(TransactionState.Open);
                }

                return Outcome(OutcomeKind.Done);
            default:
                return RunSavepoint(statement);
        }
    }

    private Verdict RunSavepoint(TransactionStatement statement)
    {
        var name = statement.Name ?? "";
        if (_state is TransactionState.None or TransactionState.Implicit)
        {
            var command = statement.Kind switch
            {
                TransactionKind.Savepoint => "SAVEPOINT",
                TransactionKind.Release => "RELEASE SAVEPOINT",
                TransactionKind.RollbackTo => "ROLLBACK TO SAVEPOINT",
                _ => null,
            };
            if (command is null)
            {
                throw new CannotKnowException("The replay does not support prepared transactions.");
            }

            throw new RefusedException("25P01", $"{command} can only be used in transaction blocks");
        }

        if (statement.Kind == TransactionKind.Savepoint)
        {
            _savepoints.Add((name, Journal.Mark(), _outcomes.Count));
            return Outcome(OutcomeKind.Done);
        }

        Execution.Budget.UseSteps(_savepoints.Count / OutcomesOfStep);
        var index = _savepoints.FindLastIndex(s => s.Name == name);
        if (index < 0)
        {
            throw new RefusedException("3B001", $"savepoint \"{name}\" does not exist");
        }

        if (statement.Kind == TransactionKind.Release)
        {
            _savepoints.RemoveRange(index, _savepoints.Count - index);
            return Outcome(OutcomeKind.Done);
        }

        Journal.RollBackTo(_savepoints[index].Mark);
        Execution.Settings.Apply();
        NoteRolledBack(_savepoints[index].Outcome, isByStatement: true);
        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
        _state = TransactionState.Open;
        return Outcome(OutcomeKind.Done);
    }

    private void DropTemporary(NamespaceObject temporary)
    {
        var addresses = Database.Relations.Where(r => r.Namespace == temporary && !r.IsIndex).Select(r => new ObjectAddress(r)).ToList();
        new Deletion(Database).Run([.. addresses, new ObjectAddress(temporary)], cascade: true);
    }

    // What became of a statement, without where it stands.
    private readonly record struct Verdict(OutcomeKind Kind, SqlError? Error, string? Reason, ImmutableArray<ObjectChange> Effects, ImmutableArray<RanStatement> Ran, bool ExceedsBudget = false);
}
