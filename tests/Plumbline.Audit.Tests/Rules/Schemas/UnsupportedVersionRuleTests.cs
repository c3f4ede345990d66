using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Schemas;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Schemas;

public sealed class UnsupportedVersionRuleTests
{
    [Fact]
    public void A_contract_of_Prisma_8_is_named_once_for_its_package()
    {
        using var repository = new TemporaryRepository("old/schema.prisma");
        repository.Write("new/contract.prisma", "// use prisma-8\nmodel User { id Int @id }").Write("new/more.prisma", "// use prisma-8\nenum Role { ADMIN }").Write("new/package.json", "{}");
        var finding = Assert.Single(Run(repository));
        Assert.Equal((Severity.Info, "new/contract.prisma belongs to Prisma 8 and was not audited"), (finding.Severity, finding.Title));
        Assert.Equal("Its first line is \"// use prisma-8\". 1 more file of the same package belongs to it. Plumbline supports schemas of Prisma 7 and earlier.", finding.Message);
        Assert.Equal("new/contract.prisma:1:1", finding.Locations[0].Place.ToString());
    }

    [Fact]
    public void A_schema_with_a_datasource_is_audited()
    {
        using var repository = new TemporaryRepository("app/contract.prisma");
        Assert.Empty(Run(repository));
    }

    private static IReadOnlyList<Finding> Run(TemporaryRepository repository) =>
        Auditor.Run(new RepositoryFacts(repository.Open(), AuditOptions.Default), [RegisteredRule.Of(new UnsupportedVersionRule())]).Findings;
}
