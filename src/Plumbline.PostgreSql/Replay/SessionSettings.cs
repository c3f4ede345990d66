using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay;

/// <summary>The settings of a session that change what statements mean: search path and role. They follow transactions, as PostgreSQL's do.</summary>
internal sealed class SessionSettings
{
    private static readonly ImmutableArray<string> BuiltinPath = ["$user", "public"];

    private readonly Database _database;
    private readonly Journaled<State> _state;

    /// <summary>Makes the settings of a new session.</summary>
    public SessionSettings(Database database)
    {
        _database = database;
        _state = new Journaled<State>(
            database.Journal, new State(BuiltinPath, null, database.Superuser, database.Superuser, ImmutableDictionary<string, string>.Empty));
        Reset();
    }

    /// <summary>The role that statements act for.</summary>
    public RoleObject CurrentRole => _state.Value.Role;

    /// <summary>The role that the session belongs to.</summary>
    public RoleObject SessionRole => _state.Value.SessionRole;

    /// <summary>The search path as it is set.</summary>
    public ImmutableArray<string> Path => _state.Value.LocalPath ?? _state.Value.Path;

    /// <summary>The search path that new sessions begin with: ALTER DATABASE and ALTER ROLE … SET change it.</summary>
    public ImmutableArray<string>? DatabasePath
    {
        get;
        set
        {
            WereChanged = true;
            field = value;
        }
    }

    /// <summary>The search path that the connection itself sets, which comes before that of the database and the role; null where it sets none.</summary>
    public ImmutableArray<string>? ConnectionPath { get; set; }

    /// <summary>Whether any was ever set that could change what another statement does.</summary>
    public bool WereChanged { get; private set; }

    /// <summary>Begins a new session.</summary>
    public void Reset()
    {
        _state.Value = new State(DefaultPath, null, _database.Superuser, _database.Superuser, ImmutableDictionary<string, string>.Empty);
        Apply();
    }

    /// <summary>Sets the search path.</summary>
    /// <param name="path">The schemas; null for the default.</param>
    /// <param name="isLocal">Whether only until the end of the transaction.</param>
    public void SetPath(ImmutableArray<string>? path, bool isLocal)
    {
        WereChanged = true;
        var value = path ?? DefaultPath;
        _state.Value = isLocal ? _state.Value with { LocalPath = value } : _state.Value with { Path = value, LocalPath = null };
        Apply();
    }

    /// <summary>Sets the role; null for the session's own.</summary>
    public void SetRole(RoleObject? role)
    {
        WereChanged = true;
        _state.Value = _state.Value with { Role = role ?? _state.Value.SessionRole };
        Apply();
    }

    /// <summary>Sets the session's role; null for the one that it began with.</summary>
    public void SetSessionRole(RoleObject? role)
    {
        WereChanged = true;
        var value = role ?? _database.Superuser;
        _state.Value = _state.Value with { SessionRole = value, Role = value };
        Apply();
    }

    /// <summary>A setting of another name; null where it was never set.</summary>
    public string? Other(string name)
    {
        // Most, such as time-outs, change nothing that a replay follows; but who reads one may do one thing or another.
        WereChanged |= _state.Value.Others.Count > 0;
        return _state.Value.Others.GetValueOrDefault(name);
    }

    /// <summary>Sets a setting of another name.</summary>
    public void SetOther(string name, string? value) =>
        _state.Value = _state.Value with { Others = value is null ? _state.Value.Others.Remove(name) : _state.Value.Others.SetItem(name, value) };

    /// <summary>Ends what was set for the transaction only.</summary>
    public void EndTransaction()
    {
        if (_state.Value.LocalPath is not null)
        {
            _state.Value = _state.Value with { LocalPath = null };
        }

        Apply();
    }

    /// <summary>Tells the database what holds now; needed after changes were taken back.</summary>
    public void Apply()
    {
        _database.CurrentRoleName = CurrentRole.Name;
        _database.PathSetting = Path;
    }

    private ImmutableArray<string> DefaultPath =>
        ConnectionPath ?? DatabasePath ?? BuiltinPath;

    private sealed record State(
        ImmutableArray<string> Path, ImmutableArray<string>? LocalPath, RoleObject SessionRole, RoleObject Role, ImmutableDictionary<string, string> Others);
}
