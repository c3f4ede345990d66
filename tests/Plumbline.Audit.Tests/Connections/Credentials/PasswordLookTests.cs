using Plumbline.Audit.Connections.Credentials;

namespace Plumbline.Audit.Tests.Connections.Credentials;

public sealed class PasswordLookTests
{
    [Theory]
    [InlineData("<password>")]
    [InlineData("[YOUR-PASSWORD]")]
    [InlineData("{PASSWORD}")]
    [InlineData("STRONG_PASSWORD")]
    [InlineData("your-secure-database-password")]
    [InlineData("replace-me-with-a-random-string")]
    [InlineData("swarm2replace2password")]
    [InlineData("example2password")]
    [InlineData("PASSWORD-PLACEHOLDER--uqfEC1hmmv")]
    [InlineData("changeme")]
    [InlineData("Change-Me-9zQ4")]
    [InlineData("${DB_PASSWORD}")]
    [InlineData("$DB_PASSWORD")]
    [InlineData("$(openssl")]
    [InlineData("%s")]
    [InlineData("****")]
    [InlineData("...")]
    [InlineData("xxxxxxxx")]
    [InlineData("SCRAM-SHA-256$4096:8BzGQ==$abc:def")]
    [InlineData("md55c3fb8b03c6b2a1a0e3c2f0e2f3a4b5c")]
    public void What_is_to_be_filled_in_is_no_password(string password) => Assert.Equal(PasswordLook.Placeholder, PasswordLooks.Of(password));

    [Theory]
    [InlineData("postgres")]
    [InlineData("password")]
    [InlineData("Password123!")]
    [InlineData("P@ssw0rd")]
    [InlineData("s3cr3t-pw")]
    [InlineData("supersecretpassword123")]
    [InlineData("randompassword")]
    [InlineData("mysecretpassword")]
    [InlineData("testpass")]
    [InlineData("ci_password")]
    [InlineData("hunter2")]
    [InlineData("AbC123dEf")]
    [InlineData("12345678")]
    [InlineData("pw")]
    [InlineData("aaaaaaaa")]
    public void What_everyone_uses_is_common(string password) => Assert.Equal(PasswordLook.Common, PasswordLooks.Of(password));

    [Theory]
    [InlineData("bloom_readonly_pw", "bloom_readonly")]
    [InlineData("umami", "umami")]
    [InlineData("stackernews2024", "stackernews")]
    public void The_names_beside_it_make_it_common(string password, string user) => Assert.Equal(PasswordLook.Common, PasswordLooks.Of(password, user));

    [Theory]
    [InlineData("sunshine", PasswordLook.Weak)]
    [InlineData("4813", PasswordLook.Weak)]
    [InlineData("BloomReadonly2024", PasswordLook.Strong)]
    [InlineData("Sommer-Wind-72", PasswordLook.Strong)]
    [InlineData("k7Vq2mXw9TzL", PasswordLook.Generated)]
    [InlineData("npg_9f3KdLw2QxZt", PasswordLook.Generated)]
    [InlineData("9f8e7d6c5b4a", PasswordLook.Generated)]
    [InlineData("hXbQpLzRtWmKcVnY", PasswordLook.Generated)]
    [InlineData("zq3kfj29dkwl", PasswordLook.Generated)]
    public void Anything_else_may_be_one(string password, object look) => Assert.Equal(look, PasswordLooks.Of(password));
}
