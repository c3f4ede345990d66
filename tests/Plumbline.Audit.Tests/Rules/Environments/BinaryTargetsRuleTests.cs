using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class BinaryTargetsRuleTests
{
    private const string Build = "FROM node:20 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci \\\n  && npx prisma generate\n\n";
    private const string Alpine = Build + "FROM node:20-alpine\nCOPY --from=build --chown=node /app/node_modules ./node_modules\nCMD [\"node\", \"server.js\"]\n";

    [Fact]
    public void A_client_of_Debian_in_an_image_of_Alpine_is_found_at_its_stage()
    {
        var finding = Assert.Single(Test(Alpine.Replace("FROM node:20-alpine", "[|FROM node:20-alpine|]", StringComparison.Ordinal)).Expect("low: Dockerfile copies a Prisma Client that has no engine for node:20-alpine"));

        Assert.Equal("The last stage is based on node:20-alpine and copies node_modules from a stage based on node:20; binaryTargets is [native], which has no target for it.", finding.Message);
    }

    [Fact]
    public void And_the_other_way_round() =>
        Assert.Single(Test("FROM node:20-alpine AS base\nFROM base AS build\nRUN npm ci\nFROM gcr.io/distroless/nodejs20-debian12\nCOPY --from=build /app/node_modules /app/node_modules\n").Run().Findings);

    [Theory]
    [InlineData("binaryTargets = [\"native\", \"linux-musl-openssl-3.0.x\"]")]
    [InlineData("binaryTargets = [\"native\", \"linux-musl\"]")]
    [InlineData("binaryTargets = env(\"TARGETS\")")]
    [InlineData("engineType = \"client\"")]
    [InlineData("previewFeatures = [\"queryCompiler\", \"driverAdapters\"]")]
    public void A_client_that_has_the_engine_or_needs_none_is_fine(string property) => Test(Alpine, property).ExpectNothing();

    [Theory]
    [InlineData("FROM node:20-alpine AS build\nRUN npm ci\nFROM node:20-alpine\nCOPY --from=build /app/node_modules ./node_modules\n")]
    [InlineData("FROM node:20\nCOPY . .\nRUN npm ci\n")]
    [InlineData(Alpine + "RUN npx prisma generate\n")]
    [InlineData(Alpine + "RUN apk add --no-cache gcompat && npm rebuild && npm install\n")]
    [InlineData(Build + "FROM node:20-alpine\nCOPY --from=build /app/public ./public\n")]
    [InlineData(Build + "FROM registry.shop.dev/runtime:3\nCOPY --from=build /app/node_modules ./node_modules\n")]
    [InlineData("ARG IMAGE\nFROM $IMAGE AS build\nRUN npm ci\nFROM node:20-alpine\nCOPY --from=build /app/node_modules ./node_modules\n")]
    [InlineData(Build + "FROM node:20-alpine AS deps\nRUN npm ci\nFROM node:20-alpine\nCOPY --from=deps /app/node_modules ./node_modules\n")]
    [InlineData("FROM node:20-alpine AS deps\nRUN npm ci\nFROM node:20 AS build\nCOPY --from=deps /app/node_modules ./node_modules\nFROM node:20-alpine\nCOPY --from=build /app/node_modules ./node_modules\n")]
    public void Where_the_system_is_the_same_or_not_known_nothing_is_said(string dockerfile) => Test(dockerfile).ExpectNothing();

    [Fact]
    public void Prisma_7_has_no_engines() => Test(Alpine, version: 7).ExpectNothing();

    private static RuleTest Test(string dockerfile, string property = "", int version = 6) =>
        RuleTest.For<BinaryTargetsRule>().PrismaVersion(version, 2).Schema($"generator client {{\n  provider = \"prisma-client-js\"\n  {property}\n}}\n\nmodel A {{\n  id Int @id\n}}\n").File("Dockerfile", dockerfile);
}
