using System.Globalization;

namespace Plumbline.Schema.Text;

/// <summary>
/// How much of any file is read: one policy for all readers of files. Everything is counted and nothing is timed, so that a result does not depend on the machine.
/// What exceeds a budget ends in a message that names it. A database server has limits of its own, of time and memory, and a process of git has a deadline beside its budget.
/// </summary>
public static class ReadingBudget
{
    /// <summary>The <see cref="Diagnostic.Code"/> of what exceeds a budget.</summary>
    public const string Code = "budget-exceeded";

    /// <summary>Bytes of any file: no migration or schema that a person writes comes near it.</summary>
    public const long FileLength = 64L << 20;

    /// <summary>Characters of a file that configures something: YAML, environment files, Dockerfiles, <c>prisma.config.ts</c>, patterns of git.</summary>
    public const int SettingsLength = 1 << 20;

    /// <summary>Bytes of git's index where git itself reads it; that of a repository with a million files is a fifth of it.</summary>
    public const long GitIndexLength = 512L << 20;

    /// <summary>How deep the configuration files of git's folder may include one another.</summary>
    public const int GitIncludes = 5;

    /// <summary>Bytes of git's <c>HEAD</c> and of other files in its folder that hold one path or the hash of one object.</summary>
    public const int GitPathLength = 4096;

    /// <summary>Characters of all files of one kind together (CI files, compositions, manifests), where what is read of them is kept.</summary>
    public const int KindLength = 8 << 20;

    /// <summary>Projects of a repository: each is replayed, lowered and compared. Collections of examples have a hundred.</summary>
    public const int Projects = 1_000;

    /// <summary>Characters of a Markdown document whose code fences are read.</summary>
    public const int DocumentLength = 1 << 20;

    /// <summary>Bytes of a file that is searched for passwords; longer ones are data, generated documents and dumps.</summary>
    public const int PasswordFileLength = 512 << 10;

    /// <summary>Bytes of a file of code that is searched for casts to a number of dimensions.</summary>
    public const int CodeLength = 1 << 20;

    /// <summary>Unknown names of a configuration for which the nearest known name is looked for.</summary>
    public const int NearestNames = 100;

    /// <summary>What it costs to replay the SQL files outside the migrations behind the migrations of all projects, in tables and statements.</summary>
    public const long StrayReplays = 4_000_000;

    /// <summary>Places in a repository that give database URLs.</summary>
    public const int Connections = 10_000;

    /// <summary>How deep the values of YAML may be nested; compositions and workflows are a dozen levels deep.</summary>
    public const int YamlDepth = 64;

    /// <summary>Replacements in the value of a variable of an environment file; a variable that holds itself, by way of another, would grow for ever.</summary>
    public const int VariableRounds = 200;

    /// <summary>Characters of such a value.</summary>
    public const int VariableLength = 64 << 10;

    /// <summary>Characters that all values of an environment file together may be rewritten to.</summary>
    public const long VariablesLength = 32 << 20;

    /// <summary>Tokens of a <c>prisma.config.ts</c> that are looked at for its values; a constant that is written with others is looked at again for each use.</summary>
    public const int ConfigTokens = 500_000;

    /// <summary>How many constants of a <c>prisma.config.ts</c> may stand for one another.</summary>
    public const int ConfigDepth = 8;

    /// <summary>Files and folders that are looked at where git does not list them: the largest repositories that people work in have fewer.</summary>
    public const int FolderEntries = 500_000;

    /// <summary>How deep the folders of a repository may be nested for their files to be read; those that people make are a quarter as deep.</summary>
    public const int FolderDepth = 64;

    /// <summary>Bytes of git's index, and of the paths that it holds: short entries with long common beginnings unfold to more.</summary>
    public const int IndexLength = 64 << 20;

    /// <summary>Loose objects of a git repository that are looked at before git is.</summary>
    public const int LooseObjects = 200_000;

    /// <summary>Loose references of a git repository, and their logs, each.</summary>
    public const int LooseReferences = 20_000;

    /// <summary>Bytes of an answer of git.</summary>
    public const int GitAnswerLength = 64 << 20;

    /// <summary>Bytes of all files that are read of a git revision.</summary>
    public const long RevisionLength = 192L << 20;

    /// <summary>Tries of the patterns of all <c>.gitignore</c> files, in units of an ordinary one.</summary>
    public const long IgnoreTries = 20_000_000;

    /// <summary>Models, types, enums and their fields and values in the schema of a project.</summary>
    public const int SchemaMembers = 200_000;

    /// <summary>Lines of the files of a schema, comments among them.</summary>
    public const int SchemaLines = 500_000;

    /// <summary>How deep the values of a Prisma schema may be nested.</summary>
    public const int SchemaDepth = 256;

    /// <summary>Steps through the relations of a Prisma schema in search of cycles and paths.</summary>
    public const int RelationSteps = 10_000_000;

    /// <summary>How deep the parts of an SQL statement may be nested, and how many a chain such as <c>a + b + …</c> may have.</summary>
    public const int SqlDepth = 2_000;

    /// <summary>How deep blocks of SQL may run one another.</summary>
    public const int BlockDepth = 30;

    /// <summary>Statements that one block of SQL runs.</summary>
    public const int BlockSteps = 50_000;

    /// <summary>Look-ups for the values of one block.</summary>
    public const int BlockLookups = 3_000_000;

    /// <summary>What all blocks of a history cost together, in units of about one look-up.</summary>
    public const long HistoryLookups = 20_000_000;

    /// <summary>Columns, constraints, indexes and other members of tables and types that a history makes, those that it drops again among them.</summary>
    public const int HistoryMembers = 140_000;

    /// <summary>
    /// Objects that the statements of a history look at in search of names and dependencies: each schema of the search path for each name, each overload for each call, each
    /// dependent of what is dropped. A history of thousands of tables needs a small part of it.
    /// </summary>
    public const long HistorySteps = 60_000_000;

    /// <summary>Objects, columns and constraints that the statements of a history create, change and drop, each as often as a statement does.</summary>
    public const int HistoryChanges = 300_000;

    /// <summary>Characters of all expressions, bodies of functions and comments that a history makes.</summary>
    public const long HistoryText = 8 << 20;

    /// <summary>What one rule reports of a repository, and what one project lists as not checked; nobody reads more.</summary>
    public const int Observations = 5_000;

    /// <summary>Changes that are planned anew for the fixes of single changes of a comparison.</summary>
    public const int PlannedChanges = 150_000;

    /// <summary>Changes of a comparison whose schema is edited for them: each edit is written and read again.</summary>
    public const int PatchedChanges = 5_000;

    /// <summary>Tables and columns that are compared again to find out which edits of a schema settle which differences.</summary>
    public const long PatchTries = 4_000_000;

    /// <summary>Characters, or items, of a value in a block.</summary>
    public const int ValueLength = 1_000_000;

    /// <summary>Rows that a query in a block reads.</summary>
    public const int BlockRows = 200_000;

    /// <summary>Characters of a pattern in a block, and how often it may repeat its parts: it costs its length for each character of the text.</summary>
    public const int PatternLength = 1_000;

    /// <summary>What is said of an input that exceeds a budget.</summary>
    /// <param name="title">Which budget, as a title.</param>
    /// <param name="sentence">What was left out; a full sentence.</param>
    /// <param name="place">Where.</param>
    public static Diagnostic Exceeded(string title, string sentence, SourceLocation place) => new(DiagnosticSeverity.Warning, Code, sentence, place) { Title = title };

    /// <summary>What is said of a file that configures something and is longer than <see cref="SettingsLength"/>; null where it is not.</summary>
    /// <param name="text">The file.</param>
    public static Diagnostic? OfSettings(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Text.Length <= SettingsLength ? null : Exceeded(
            string.Create(CultureInfo.InvariantCulture, $"{text.Path} is longer than {SettingsLength >> 20} MiB"),
            string.Create(CultureInfo.InvariantCulture, $"Files of its kind are read up to {SettingsLength >> 20} MiB; the file is not read."),
            SourceLocation.StartOf(text.Path));
    }
}
