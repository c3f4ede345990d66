using Plumbline.Schema.Text;

namespace Plumbline.Schema.Tests.Text;

public sealed class NameWordsTests
{
    [Theory]
    [InlineData("lastTrainedAt", "last trained at")]
    [InlineData("last_trained_at", "last trained at")]
    [InlineData("LAST-TRAINED-AT", "last trained at")]
    [InlineData("__v", "v")]
    [InlineData("HTTPRequest", "http request")]
    [InlineData("userID", "user id")]
    [InlineData("s3Key", "s3 key")]
    [InlineData("address2line", "address2line")]
    [InlineData("ÜberName", "über name")]
    [InlineData("a__b_", "a b")]
    [InlineData("", "")]
    public void Every_convention_has_the_same_words(string name, string words) => Assert.Equal(words, string.Join(' ', NameWords.Of(name)));

    [Theory]
    [InlineData("userId", "user_id")]
    [InlineData("HTTPRequest", "http_request")]
    [InlineData("s3Key", "s3_key")]
    [InlineData("_id", "_id")]
    [InlineData("User_Id", "user_id")]
    [InlineData("a__b", "a__b")]
    [InlineData("user-Id", "user-id")]
    public void Snake_case_keeps_separators(string name, string snake) => Assert.Equal(snake, NameWords.ToSnake(name));
}
