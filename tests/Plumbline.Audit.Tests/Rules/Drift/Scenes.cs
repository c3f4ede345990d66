namespace Plumbline.Audit.Tests.Rules.Drift;

/// <summary>What the tests about relations and about enums have in common: two models, or one with an enum, and a migration that makes their tables.</summary>
internal static class Scenes
{
    /// <summary>Posts with the column <c>authorId</c>, and the users who write them.</summary>
    /// <param name="test">The test.</param>
    /// <param name="author">The relation in the model <c>Post</c>; null for none.</param>
    /// <param name="foreignKey">What the migration does behind its <c>CREATE TABLE</c> statements.</param>
    /// <param name="isOptional">Whether a post may be without an author.</param>
    /// <param name="configuration">What else stands in the schema.</param>
    public static RuleTest Posts(this RuleTest test, string? author, string foreignKey = "", bool isOptional = false, string configuration = "") => test
        .Schema($$"""
            model User {
              id    Int    @id
              {{(author is null ? "" : "posts Post[]")}}
            }

            model Post {
              id       Int  @id
              {{author}}
              authorId Int{{(isOptional ? "?" : "")}}
            }

            {{configuration}}
            """)
        .Migration("20250101000000_init", $"""
            CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
            CREATE TABLE "Post" ("id" INTEGER NOT NULL, "authorId" INTEGER{(isOptional ? "" : " NOT NULL")}, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
            {foreignKey}
            """);

    /// <summary>Users, each with a role.</summary>
    /// <param name="test">The test.</param>
    /// <param name="enums">The enum <c>Role</c>, and others, in the schema.</param>
    /// <param name="types">What the migration does before it creates the table.</param>
    /// <param name="column">The type of the column in the migration.</param>
    public static RuleTest Roles(this RuleTest test, string enums, string types = "", string column = "\"Role\"") => test
        .Schema($$"""
            model User {
              id   Int  @id
              role Role
            }

            {{enums}}
            """)
        .Migration("20250101000000_init", $"""
            {types}
            CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" {column} NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
            """);
}
