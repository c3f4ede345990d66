using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>One migration: a folder that Prisma runs the <c>migration.sql</c> of.</summary>
public sealed class MigrationFolder
{
    private readonly Lazy<SourceText?> _sql;

    internal MigrationFolder(string name, string path, WorkspaceFile? script)
    {
        Name = name;
        Path = path;
        Script = script;
        _sql = new Lazy<SourceText?>(() => script?.Text is { } text ? Placeholders.Fill(text) : null);
    }

    /// <summary>Name of the folder, which is the migration's name.</summary>
    public string Name { get; }

    /// <summary>Path of the folder, relative to the workspace's root.</summary>
    public string Path { get; }

    /// <summary>Its <c>migration.sql</c>; null where the folder has none, at which Prisma stops with P3015.</summary>
    public WorkspaceFile? Script { get; }

    /// <summary>What was wrong with reading the folder or its script; null where nothing was.</summary>
    public Diagnostic? Problem => FolderProblem ?? Script?.Problem;

    /// <summary>Whether it could not be read, so that nobody knows what it does.</summary>
    public bool IsUnread => FolderProblem is not null ? Script?.Text is null : Script is { Text: null };

    internal Diagnostic? FolderProblem { get; init; }

    /// <summary>The SQL of its <c>migration.sql</c> as it runs: where a program of the team's own fills in the schema, without that placeholder. Null where there is no
    /// such file.</summary>
    public SourceText? Sql => _sql.Value;

    /// <summary>The path of its <c>migration.sql</c>, whether there is one or not.</summary>
    public string ScriptPath => Path + "/" + MigrationHistory.ScriptName;

    /// <summary>Where it is pointed at as a whole: the beginning of its script, or where that would be.</summary>
    public SourceLocation Place => new(ScriptPath, 1, 1, 1, 1);

    /// <summary>The leading fourteen digits of the name (<c>yyyyMMddHHmmss</c>); null where it does not begin with them.</summary>
    public string? Timestamp => TimestampOf(Name);

    /// <summary>The leading fourteen digits of a migration's name; null where it does not begin with them.</summary>
    internal static string? TimestampOf(string name) => name.Length >= 14 && name.AsSpan(0, 14).IndexOfAnyExceptInRange('0', '9') < 0 ? name[..14] : null;
}
