using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is reported of a difference between what was applied to a live database and what it has.</summary>
internal static class LiveDriftText
{
    /// <summary>The text of a difference.</summary>
    /// <param name="change">The difference, from the migrations to the database.</param>
    /// <param name="isAgainstSchema">Whether there are no migrations, and the schema stands in their place.</param>
    /// <param name="next">What runs the project's migrations.</param>
    /// <param name="isInSchema">Whether there is a Prisma schema, which then agrees with the migrations in what it can express.</param>
    public static DriftText Of(SchemaChange change, bool isAgainstSchema, NextMigration next, bool isInSchema = false)
    {
        isInSchema &= !isAgainstSchema && IsInPrisma(change.Kind);
        var kind = change.Kind.Name();
        var (theirs, lacks, make) = isAgainstSchema
            ? ("the schema says", "the schema does not have it", "is in the schema")
            : ("the migrations say", "no migration creates it", "is created by the migrations");
        var what = What(change);
        if (kind.StartsWith("add-", StringComparison.Ordinal))
        {
            return new DriftText(
                $"{what} is in the database but {lacks}",
                $"The database has {what}{Detail(change.To)}; {lacks}. It was created outside the migrations.",
                change is { Kind: ChangeKind.AddColumn, ToObject: Column column } && DriftFacts.NeedsValue(column)
                    ? "Every insert that does not name the column fails in this database only: a database built from the migrations does not have the column."
                    : "A database built from the migrations does not have it. What works here fails elsewhere, and a later migration that creates it fails here.",
                $"Write a migration that creates it and {next.MarkAsApplied}, or drop it here.",
                AddedSeverity(change));
        }

        if (kind.StartsWith("drop-", StringComparison.Ordinal))
        {
            return new DriftText(
                $"{what} {make} but the database does not have it",
                $"{Sentence(change, what)} {make}{Detail(change.From)}; the database does not have it. It was dropped outside the migrations.",
                "What relies on it fails here and works elsewhere. A later migration that changes it fails on this database.",
                isAgainstSchema || isInSchema ? "Create it again in this database." : "Create it again in this database, or write a migration that drops it everywhere.");
        }

        if (kind.StartsWith("rename-", StringComparison.Ordinal))
        {
            return new DriftText(
                $"{change.From} is called {change.To} in the database",
                $"What {theirs} is called {change.From} is called {change.To} in the database. {RenameText.Confidence(change)}".TrimEnd(),
                "SQL that uses the old name fails here and works elsewhere.",
                $"Rename it back in this database, or write a migration that renames it everywhere and {next.MarkAsApplied}.");
        }

        var isNullability = change is { Kind: ChangeKind.AlterColumnNullability, ToObject: Column };
        var nullability = change.ToObject is Column { IsNullable: true }
            ? $"{change.Subject} can be NULL in the database, where {theirs} NOT NULL"
            : $"{change.Subject} is NOT NULL in the database, where {theirs} that it can be NULL";
        return new DriftText(
            isNullability ? nullability : $"{what} differs in the database: {Short(change.To)}, where {theirs} {Short(change.From)}",
            isNullability ? "It was changed outside the migrations." : $"In the database {what} is {change.To ?? "not set"}; {theirs} {change.From ?? "nothing"}. It was changed outside the migrations.",
            "The database behaves differently from one built from the migrations, so tests and other environments do not show what happens here.",
            isInSchema
                ? $"Change it back in this database. If the change is wanted, make it in the schema and in a migration, and {next.MarkAsApplied}."
                : $"Change it back in this database, or write a migration that makes the same change and {next.MarkAsApplied}.");
    }

    // What a Prisma schema says of tables.
    private static bool IsInPrisma(ChangeKind kind) => kind is ChangeKind.DropTable or ChangeKind.DropColumn or ChangeKind.DropPrimaryKey or ChangeKind.DropUnique or ChangeKind.DropIndex or
        ChangeKind.DropForeignKey or ChangeKind.DropEnum or ChangeKind.DropEnumValue or ChangeKind.AlterColumnType or ChangeKind.AlterColumnNullability or ChangeKind.AlterColumnDefault or
        ChangeKind.AlterPrimaryKey or ChangeKind.AlterUnique or ChangeKind.AlterIndex or ChangeKind.AlterForeignKey;

    /// <summary>What a change is about, as a person would name it.</summary>
    public static string What(SchemaChange change) => change.Kind switch
    {
        ChangeKind.AlterColumnType => $"the type of {change.Subject}",
        ChangeKind.AlterColumnNullability => $"whether {change.Subject} may be NULL",
        ChangeKind.AlterColumnDefault => $"the default of {change.Subject}",
        ChangeKind.AlterColumnIdentity => $"the identity of {change.Subject}",
        ChangeKind.AlterColumnGenerated => $"the expression of {change.Subject}",
        ChangeKind.AlterColumnCollation => $"the collation of {change.Subject}",
        ChangeKind.AlterRls => $"the row-level security of {change.Subject}",
        ChangeKind.AlterOwner => $"the owner of {change.Subject}",
        ChangeKind.AlterStorage => $"the storage of {change.Subject}",
        ChangeKind.AddComment or ChangeKind.DropComment or ChangeKind.AlterComment => $"the comment on {change.Subject}",
        ChangeKind.AddGrant or ChangeKind.DropGrant or ChangeKind.AlterGrant => $"the grant on {change.Subject.Table ?? change.Subject.Name}",
        _ => change.Subject.Kind is SubjectKind.Table or SubjectKind.Column or SubjectKind.EnumValue
            ? change.Subject.ToString()
            : $"the {change.Subject.Kind.Name().Replace('-', ' ')} {change.Subject}",
    };

    // Hosted servers come with extensions of their own.
    private static Severity? AddedSeverity(SchemaChange change) => change switch
    {
        { Kind: ChangeKind.AddColumn, ToObject: Column column } => DriftFacts.NeedsValue(column) ? null : Severity.Medium,
        { Kind: ChangeKind.AddTable } => Severity.Medium,
        { Kind: ChangeKind.AddExtension } => Severity.Info,
        _ => null,
    };

    private static string Detail(string? text) => text is null ? "" : $" ({Short(text)})";

    private static string Short(string? text)
    {
        const int longest = 80;
        var line = (text ?? "nothing").ReplaceLineEndings(" ");
        return line.Length <= longest ? line : line[..(longest - 1)] + "…";
    }

    // A name keeps its case: the sentence begins with a word.
    private static string Sentence(SchemaChange change, string what) =>
        what.StartsWith("the ", StringComparison.Ordinal) ? $"The {what[4..]}" : $"The {change.Subject.Kind.Name().Replace('-', ' ')} {what}";
}
