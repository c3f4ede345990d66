using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Tests.Engine;

public sealed class FingerprintsTests
{
    private static readonly Subject Email = new(SubjectKind.Column, "email", "public", "users", "User", "email");

    [Fact]
    public void A_fingerprint_never_changes() => Assert.Equal("2644ae84dd6c47134e3c", Of("drift/missing-column", Email, "add-column"));

    [Fact]
    public void The_names_of_model_and_field_and_the_project_take_no_part()
    {
        Assert.Equal(Of("drift/missing-column", Email, ""), Of("drift/missing-column", Email with { Model = "Account", Field = "mail" }, ""));
        Assert.Equal(Of("drift/missing-column", Email, ""), new Fingerprints().Next("drift/missing-column", Observe(Email, "") with { Project = "web", Locations = [] }));
    }

    [Fact]
    public void Rule_subject_and_discriminator_take_part()
    {
        string[] fingerprints =
        [
            Of("drift/missing-column", Email, ""),
            Of("drift/extra-column", Email, ""),
            Of("drift/missing-column", Email with { Name = "mail" }, ""),
            Of("drift/missing-column", Email with { Table = "accounts" }, ""),
            Of("drift/missing-column", Email with { Kind = SubjectKind.Index }, ""),
            Of("drift/missing-column", Email, "x"),
        ];

        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
    }

    [Fact]
    public void Equal_facts_are_told_apart_by_their_number()
    {
        var fingerprints = new Fingerprints();
        var first = fingerprints.Next("drift/missing-column", Observe(Email, ""));

        Assert.NotEqual(first, fingerprints.Next("drift/missing-column", Observe(Email, "")));
        Assert.Equal(first, Of("drift/missing-column", Email, ""));
    }

    private static string Of(string rule, Subject subject, string discriminator) => new Fingerprints().Next(rule, Observe(subject, discriminator));

    private static Observation Observe(Subject subject, string discriminator) =>
        new() { Title = "t", Message = "m", Impact = "i", Recommendation = "r", Project = "app", Subject = subject, Discriminator = discriminator };
}
