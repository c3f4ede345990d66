using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Fields whose names do not follow the convention of the others.</summary>
internal sealed class FieldNameRule : Rule
{
    // Members of the response of an OAuth token endpoint (RFC 6749, section 5.1, and what providers add), which the Prisma adapters of Auth.js and similar libraries store as they come.
    private static readonly HashSet<string> TokenResponse = new(
        ["access_token", "refresh_token", "expires_at", "expires_in", "token_type", "id_token", "session_state", "oauth_token", "oauth_token_secret", "refresh_token_expires_in", "ext_expires_in"]);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/field-name",
        Title = "Fields do not follow one naming convention",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Fields whose names do not follow the convention of the schema's other fields. Not checked: relation fields, fields that have a `@map`, and the columns A and B of a join table. The members of an OAuth token response (`access_token`, `expires_at` …), and in a model that stores such a response any field in snake_case, are not checked, because libraries such as Auth.js write them as the provider names them. All of them are one finding.",
        Why = "Field names are the client's API. With several conventions, developers have to look up the spelling of each field.",
        Bad = """
            ```prisma
            model User {
              id        Int      @id
              createdAt DateTime
              updatedAt DateTime
              firstName String
              last_name String
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id        Int      @id
              createdAt DateTime
              updatedAt DateTime
              firstName String
              lastName  String   @map("last_name")
            }
            ```
            """,
        Fix = "Rename the field in the schema and keep the column name with `@map`. No migration is needed, but code that uses the field changes.",
        WhenOff = "When the schema was introspected from a database that another system owns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        Field[] fields = [.. prisma.Models.SelectMany(FieldsOf)];
        if (NameStyles.Prevailing(fields.Select(f => f.Name)) is not { } convention)
            return;

        var cause = new Cause(CauseKind.Convention, $"naming/field-name {convention}", $"Most of the {fields.Length} scalar fields are named in {convention.Name()}");
        foreach (var model in prisma.Models)
        {
            var isTokenResponse = IsTokenResponse(model);
            foreach (var field in FieldsOf(model).Where(f => IsOther(f, convention) && !(isTokenResponse && NameStyles.Of(f.Name) == NameStyle.Snake)))
            {
                sink.Report(new Observation
                {
                    Title = $"The field {field} is not named in {convention.Name()}",
                    Message = $"{cause.Text}. Fields with @map{(prisma.Models.Any(IsTokenResponse) ? " and those of an OAuth token response" : "")} are not reported.",
                    Impact = "The client's API mixes naming conventions.",
                    Recommendation = "Rename the field in the schema and keep the column name with @map; the database does not change.",
                    Project = project.Name,
                    Subject = new Subject(SubjectKind.Field, field.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name, field.Name),
                    Expected = convention.Name(),
                    Found = NameStyles.Of(field.Name).Name(),
                    Locations = [new FindingLocation(LocationRole.Schema, field.Location)],
                    Cause = cause,
                });
            }
        }
    }

    // A field that has @map got its name on purpose.
    private static bool IsOther(Field field, NameStyle convention) =>
        field.MappedName is null && !NameStyles.Of(field.Name).Fits(convention) && !TokenResponse.Contains(field.Name);

    // Providers add members of their own, such as GitLab's created_at, and each needs a field of its name.
    private static bool IsTokenResponse(Model model) =>
        model.FindField("access_token") is { MappedName: null } && model.ScalarFields.Count(f => f.MappedName is null && TokenResponse.Contains(f.Name)) > 1;

    // A join table that Prisma made has the columns A and B, and keeps them where it later gets a model with more columns.
    private static IEnumerable<Field> FieldsOf(Model model)
    {
        var isJoinTable = model.ScalarFields.Count(f => f.DatabaseName is "A" or "B") == 2;
        return model.ScalarFields.Where(f => !isJoinTable || f.DatabaseName is not ("A" or "B"));
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} fields are not named in {observations[0].Observation.Expected}",
        observations[0].Observation.Message,
        observations[0].Observation.Impact,
        "Rename the fields in the schema and keep the column names with @map; the database does not change.");
}
