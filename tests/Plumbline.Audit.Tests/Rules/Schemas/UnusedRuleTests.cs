using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Schemas;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Schemas;

public sealed class UnusedRuleTests
{
    [Fact]
    public void Schemas_that_nothing_uses_are_one_finding()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "docs/a/schema.prisma", "docs/b/schema.prisma");
        var finding = Assert.Single(Run(repository));
        Assert.Equal((Severity.Info, "Nothing uses 2 Prisma schemas"), (finding.Severity, finding.Title));
        Assert.Equal(["docs/a/schema.prisma", "docs/b/schema.prisma"], finding.Occurrences.Select(o => o.Subject.Name));
    }

    [Fact]
    public void One_is_named_with_the_reason()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "docs/a/schema.prisma");
        var finding = Assert.Single(Run(repository));
        Assert.Equal("Nothing uses docs/a/schema.prisma", finding.Title);
        Assert.Equal("It is in a folder called docs, and no script, configuration or migration refers to it.", finding.Message);
    }

    [Fact]
    public void Two_schemas_in_use_are_audited()
    {
        using var repository = new TemporaryRepository("a/prisma/schema.prisma", "b/prisma/schema.prisma");
        Assert.Empty(Run(repository));
    }

    private static IReadOnlyList<Finding> Run(TemporaryRepository repository) =>
        Auditor.Run(new RepositoryFacts(repository.Open(), AuditOptions.Default), [RegisteredRule.Of(new UnusedRule())]).Findings;
}
