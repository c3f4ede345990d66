namespace Plumbline.Audit.Findings;

/// <summary>The kinds of causes. Their names are part of the interface and never change.</summary>
public static class CauseKind
{
    /// <summary>No migration ever created it.</summary>
    public const string NeverCreated = "never-created";

    /// <summary>A migration created it, and a later statement dropped it.</summary>
    public const string DroppedByMigration = "dropped-by-migration";

    /// <summary>PostgreSQL refuses the statement that creates it.</summary>
    public const string StatementRefused = "statement-refused";

    /// <summary>It was created by another kind of statement: <c>CREATE TABLE AS</c>, a view in a table's place.</summary>
    public const string CreatedOtherwise = "created-otherwise";

    /// <summary>A newer Prisma version expects it, and no migration was made for the upgrade.</summary>
    public const string PrismaUpgrade = "prisma-upgrade";

    /// <summary>It was changed in the database, outside the migrations.</summary>
    public const string MadeByHand = "made-by-hand";

    /// <summary>The database seems to be another project's.</summary>
    public const string OtherDatabase = "other-database";

    /// <summary>A migration that the database has not applied yet changes it.</summary>
    public const string PendingMigration = "pending-migration";

    /// <summary>A migration that was edited after it was applied changes it.</summary>
    public const string EditedMigration = "edited-migration";

    /// <summary>Nothing in the repository uses the schema.</summary>
    public const string UnusedSchema = "unused-schema";

    /// <summary>One convention is broken in many places.</summary>
    public const string Convention = "convention";

    /// <summary>The same code or configuration stands in several places.</summary>
    public const string SameCode = "same-code";

    /// <summary>Statements of migrations that are applied everywhere.</summary>
    public const string AppliedMigrations = "applied-migrations";

    /// <summary>A table differs in many ways that have no other cause in common.</summary>
    public const string TableDiffers = "table-differs";

    /// <summary>The same change on many columns.</summary>
    public const string SameChange = "same-change";

    /// <summary>Indexes and constraints that both sides have, under different names.</summary>
    public const string OtherName = "other-name";

    /// <summary>Prisma refuses a file of the schema.</summary>
    public const string InvalidSchema = "invalid-schema";

    /// <summary>The files of the history run in an order that cannot succeed.</summary>
    public const string MigrationOrder = "migration-order";
}
