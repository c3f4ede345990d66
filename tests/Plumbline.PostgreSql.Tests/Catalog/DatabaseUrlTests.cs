using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.PostgreSql.Tests.Catalog;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgresql://a:b@h/d", "postgresql://a:b@h/d", true)]
    [InlineData("postgresql://a:b@h,i:1/d?sslmode=require&schema=x", "postgres://a:b@h:5432,i:1/d?sslmode=require&schema=x", true)]
    [InlineData("postgresql://a:b@h/d", "postgresql://a:c@h/d", false)]
    [InlineData("postgresql://a:b@h/d", "postgresql://a:b@i/d", false)]
    [InlineData("postgresql://a:b@h/d", "postgresql://a:b@h:5433/d", false)]
    [InlineData("postgresql://a:b@h/d", "postgresql://a:b@h/e", false)]
    [InlineData("postgresql://a:b@h/d?schema=x", "postgresql://a:b@h/d?schema=y", false)]
    public void Two_are_equal_where_all_their_parts_are(string first, string second, bool expected)
    {
        Assert.True(DatabaseUrl.TryParse(first, out var one, out _) & DatabaseUrl.TryParse(second, out var other, out _));
        Assert.Equal(expected, one == other);
        Assert.Equal(expected ? 1 : 2, new[] { one, other }.Distinct().Count());
        Assert.NotEqual(one, one! with { HostPasswords = ["x"] });
        Assert.NotEqual(one, one! with { IsNamedByUser = true });
    }

    [Theory]
    [InlineData("postgresql://user:secret@host:5433/db", "user", "secret", "host:5433", "db")]
    [InlineData("postgres://user@host/db", "user", null, "host:5432", "db")]
    [InlineData("POSTGRESQL://host", null, null, "host:5432", null)]
    [InlineData("postgresql:///db", null, null, "", "db")]
    [InlineData("postgresql://user:@host/db", "user", "", "host:5432", "db")]
    [InlineData("postgresql://us%40er:s%2Fe%3Ac%25ret@host/my%20db", "us@er", "s/e:c%ret", "host:5432", "my db")]
    [InlineData("postgresql://user:p@ss@host/db", "user", "p@ss", "host:5432", "db")]
    [InlineData("postgresql://user:100%sure@host/db", "user", "100%sure", "host:5432", "db")]
    [InlineData("postgresql://user:pa:ss@host/db", "user", "pa:ss", "host:5432", "db")]
    [InlineData("postgresql://a,b:6000,[::1]:7000,[fe80::1]/db", null, null, "a:5432,b:6000,[::1]:7000,[fe80::1]:5432", "db")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/db", null, null, "%2Fvar%2Frun%2Fpostgresql:5432", "db")]
    [InlineData("postgresql://user@localhost/db?host=/tmp", "user", null, "%2Ftmp:5432", "db")]
    [InlineData("postgresql:///?user=u&password=secret&host=h&port=1&dbname=d", "u", "secret", "h:1", "d")]
    [InlineData("postgresql://user:secret@host/db?", "user", "secret", "host:5432", "db")]
    public void The_parts_of_a_url_are_read(string text, string? user, string? password, string hosts, string? database)
    {
        var url = LiveCatalog.UrlOf(text);
        Assert.Equal((user, password, hosts, database), (url.User, url.Password, string.Join(',', url.Hosts), url.Database));
    }

    [Fact]
    public void Parameters_of_prisma_and_libpq_are_kept_and_the_last_counts()
    {
        var url = LiveCatalog.UrlOf("postgresql://h/d?schema=app&connection_limit=5&pgbouncer=true&sslmode=require&sslmode=disable&options=-c%20a%3Db&sslpassword=secret&empty&=x");
        Assert.Equal("app", url.Parameter("schema"));
        Assert.Equal("disable", url.Parameter("sslmode"));
        Assert.Equal("-c a=b", url.Parameter("options"));
        Assert.Equal("", url.Parameter("empty"));
        Assert.Null(url.Parameter("nothing"));
        Assert.DoesNotContain("secret", url.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql://host/db", "begins with neither")]
    [InlineData("postgresql:/host/db", "begins with neither")]
    [InlineData("postgresql://host:port/db", "The port in the URL is not a number from 1 to 65535.")]
    [InlineData("postgresql://host:0/db", "The port in the URL is not a number from 1 to 65535.")]
    [InlineData("postgresql://host:65536/db", "The port in the URL is not a number from 1 to 65535.")]
    [InlineData("postgresql://user:p#w@host/db", "The URL has a # before the @.")]
    [InlineData("postgresql://user:p?w@host/db", "The URL has an @ after a ? or &.")]
    public void What_is_no_url_is_told(string text, string expected)
    {
        Assert.False(DatabaseUrl.TryParse(text, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_is_shown_that_was_a_password()
    {
        // Half of a surrogate pair is no text that could be encoded.
        var passwords = ArbMap.Default.ArbFor<string>().Generator.Where(s => s is not null && !s.EnumerateRunes().Contains(Rune.ReplacementChar)).Select(s => "pw-" + s);
        Prop.ForAll(passwords.ToArbitrary(), password =>
        {
            var isRead = DatabaseUrl.TryParse($"postgresql://user:{Encoded(password)}@host/db?sslmode=require", out var url, out var error);
            var shown = isRead ? url!.ToString() : error!;
            return isRead && url!.Password == password && !shown.Contains("pw-", StringComparison.Ordinal) && !shown.Contains(Encoded(password), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    private static string Encoded(string text) => Uri.EscapeDataString(text);
}
