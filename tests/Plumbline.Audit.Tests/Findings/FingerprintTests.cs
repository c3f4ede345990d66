using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Tests.Findings;

public sealed class FingerprintTests
{
    private static readonly Subject Email = new(SubjectKind.Column, "email", "public", "users", "User", "email");

    [Fact]
    public void It_never_changes() => Assert.Equal("fe287e17e5ebd1f9a618", Fingerprint.Of("drift/missing-column", "app", Email, "add-column"));

    [Fact]
    public void The_names_of_model_and_field_take_no_part() =>
        Assert.Equal(Fingerprint.Of("drift/missing-column", "app", Email, ""), Fingerprint.Of("drift/missing-column", "app", Email with { Model = "Account", Field = "mail" }, ""));

    [Fact]
    public void Rule_project_subject_and_discriminator_take_part()
    {
        string[] fingerprints =
        [
            Fingerprint.Of("drift/missing-column", "app", Email, ""),
            Fingerprint.Of("drift/extra-column", "app", Email, ""),
            Fingerprint.Of("drift/missing-column", "web", Email, ""),
            Fingerprint.Of("drift/missing-column", null, Email, ""),
            Fingerprint.Of("drift/missing-column", "app", Email with { Name = "mail" }, ""),
            Fingerprint.Of("drift/missing-column", "app", Email with { Table = "accounts" }, ""),
            Fingerprint.Of("drift/missing-column", "app", Email with { Kind = SubjectKind.Index }, ""),
            Fingerprint.Of("drift/missing-column", "app", Email, "x"),
        ];

        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
    }
}
