using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Fields that are not named as the others.</summary>
internal sealed class FieldNameRule : Rule
{
    // The names of OAuth's own protocol, which the Prisma adapters of Auth.js and its kin read and write.
    private static readonly HashSet<string> AuthJs = new(
        ["access_token", "refresh_token", "expires_at", "expires_in", "token_type", "id_token", "session_state", "oauth_token", "oauth_token_secret", "refresh_token_expires_in", "ext_expires_in"]);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/field-name",
        Title = "Fields are not named alike",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Fields whose names do not follow the convention of the schema's other fields. Names that Auth.js prescribes for its `Account` model (`access_token`, `expires_at` …) are left alone. All of them are one finding.",
        Why = "Field names are the API of the client. Two conventions in one schema make every access a guess.",
        Bad = """
            ```prisma
            model User {
              id        Int    @id
              createdAt DateTime
              last_name String
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id        Int    @id
              createdAt DateTime
              lastName  String @map("last_name")
            }
            ```
            """,
        Fix = "Rename the field in the schema and keep the column by `@map`. No migration is needed, but code that uses the field changes.",
        WhenOff = "When the schema was introspected from a database that another system owns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        Field[] fields = [.. prisma.Models.SelectMany(m => m.Fields)];
        if (NameStyles.Prevailing(fields.Select(f => f.Name)) is not { } convention)
            return;

        Field[] others = [.. fields.Where(f => !NameStyles.Of(f.Name).Fits(convention) && !(f.Type is ModelFieldType type && f.Name == type.Model.Name) &&
            !AuthJs.Contains(f.Name))];
        if (others.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = others.Length == 1
                ? $"The field {others[0]} is not named in {convention.Name()} as the others"
                : $"{others.Length} fields are not named in {convention.Name()} as the others",
            Message = $"Of {fields.Length} fields these do not follow {convention.Name()}: {string.Join(", ", others.Take(20).Select(f => f.ToString()))}{(others.Length > 20 ? ", …" : "")}.",
            Impact = "The client's API mixes two conventions, and nobody can guess a name.",
            Recommendation = "Rename the fields in the schema and keep their columns by @map; the database does not change.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Field, others[0].DatabaseName, Model: others[0].Container.Name, Field: others[0].Name),
            Expected = convention.Name(),
            Found = NameStyles.Of(others[0].Name).Name(),
            Locations = [.. others.Select(f => new FindingLocation(LocationRole.Schema, f.Location))],
        });
    }
}
