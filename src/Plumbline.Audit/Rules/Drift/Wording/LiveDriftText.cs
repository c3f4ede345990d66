using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is said of a difference between what was applied to a live database and what it has.</summary>
internal static class LiveDriftText
{
    /// <summary>The text of a difference.</summary>
    /// <param name="change">The difference, from the migrations to the database.</param>
    /// <param name="isAgainstSchema">Whether there are no migrations, and the schema stands in their place.</param>
    public static DriftText Of(SchemaChange change, bool isAgainstSchema)
    {
        var kind = change.Kind.Name();
        var (theirs, lacks, make) = isAgainstSchema
            ? ("the schema says", "the schema does not have it", "is in the schema")
            : ("the migrations say", "no migration creates it", "is created by the migrations");
        var what = What(change);
        if (kind.StartsWith("add-", StringComparison.Ordinal))
        {
            return new DriftText(
                $"{what} is in the database but {lacks}",
                $"The database has {what}{Detail(change.To)}; {lacks}. It was made there past the migrations.",
                change is { Kind: ChangeKind.AddColumn, ToObject: Column column } && DriftFacts.NeedsValue(column)
                    ? "Every insert that does not name the column fails, here and nowhere else: a database built from the migrations does not have it."
                    : "A database built from the migrations does not have it: what works here fails elsewhere, and the next migration may meet it unprepared.",
                "Write a migration that makes it, and mark it as applied here with prisma migrate resolve --applied; or drop it here.",
                AddedSeverity(change));
        }

        if (kind.StartsWith("drop-", StringComparison.Ordinal))
        {
            return new DriftText(
                $"{what} {make} but the database does not have it",
                $"{Sentence(what)} {make}{Detail(change.From)}; the database does not have it: it was dropped there past the migrations.",
                "What relies on it fails here and works elsewhere; a migration that changes it later stops on this database.",
                "Make it again here, or write a migration that drops it everywhere.");
        }

        if (kind.StartsWith("rename-", StringComparison.Ordinal))
        {
            return new DriftText(
                $"{change.From} is called {change.To} in the database",
                $"What {theirs} is called {change.From} is called {change.To} in the database{(change.Confidence is < 1 and { } sure ? $"; that it is a rename is a guess, {sure:P0} sure" : "")}.",
                "What names it by its old name fails here and works elsewhere.",
                "Rename it back here, or write a migration that renames it everywhere and mark it as applied here.");
        }

        return new DriftText(
            $"{what} differs in the database: {Short(change.To)}, where {theirs} {Short(change.From)}",
            $"In the database {what} is {change.To ?? "not set"}; {theirs} {change.From ?? "nothing"}. It was changed there past the migrations.",
            "The database behaves otherwise than one built from the migrations: tests and other environments do not show what happens here.",
            "Write a migration that makes the same change, and mark it as applied here with prisma migrate resolve --applied; or change it back here.");
    }

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

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
