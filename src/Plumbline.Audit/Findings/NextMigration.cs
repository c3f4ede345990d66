namespace Plumbline.Audit.Findings;

/// <summary>
/// What writes the next migration from the Prisma schema, and so undoes what only the migrations have: <c>prisma migrate dev</c>, or what the team generates where a
/// program of its own runs the migrations. Rules ask here for the sentence.
/// </summary>
/// <param name="IsPrismas">Whether Prisma runs the migrations.</param>
internal sealed record NextMigration(bool IsPrismas)
{
    /// <summary>Whether Prisma refuses to write it until the migrations run on an empty database: it builds one of its own from them first.</summary>
    public bool IsBlocked { get; init; }

    private string Name => IsPrismas ? "prisma migrate dev" : "migration that is generated from the schema";

    /// <summary>What it does, as the beginning of a sentence: <c>The next prisma migrate dev drops it</c>.</summary>
    public string Does(string what) => IsBlocked ? $"Once the migrations run on an empty database, {Plain(what)}" : $"The next {Name} {what}";

    /// <summary>What it does, inside a sentence: <c>the next prisma migrate dev drops it</c>.</summary>
    public string Clause(string what) => IsBlocked ? $"once the migrations run on an empty database, {Plain(what)}" : Plain(what);

    private string Plain(string what) => $"the next {Name} {what}";

    /// <summary>How a migration is kept from running on a database that already has its changes, inside a sentence.</summary>
    public string MarkAsApplied => IsPrismas ? "mark it as applied here with prisma migrate resolve --applied" : "mark it as applied here";
}
