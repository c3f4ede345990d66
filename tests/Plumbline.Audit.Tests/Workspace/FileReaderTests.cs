using System.Text;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class FileReaderTests
{
    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        Assert.Equal("añ", Decode([0xEF, 0xBB, 0xBF, .. "añ"u8]).Text!.Text);
        Assert.Equal("añ", Decode([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("añ")]).Text!.Text);
        Assert.Equal("añ", Decode([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("añ")]).Text!.Text);
    }

    [Fact]
    public void Invalid_utf8_is_told_with_its_place_and_the_rest_is_read()
    {
        var content = Decode([.. "one\ntwó "u8, 0xC3, .. "(\nthree"u8]);
        Assert.Equal("f:2:5: error: The file is not valid UTF-8: byte 0xC3 is not allowed here.", content.Problem!.ToString());
        Assert.EndsWith("\nthree", content.Text!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf16_is_told_with_its_place()
    {
        var content = Decode([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a\nb"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("c")]);
        Assert.Equal((2, 2), (content.Problem!.Location.Line, content.Problem.Location.Column));
    }

    // Prisma reads these as UTF-8, whatever they begin with.
    [Theory]
    [InlineData("prisma/migrations/1_a/migration.sql", true)]
    [InlineData("prisma/schema.prisma", true)]
    [InlineData("db/schema.sql", false)]
    [InlineData(".env", false)]
    public void Utf16_is_a_problem_where_Prisma_reads_the_file(string path, bool isProblem)
    {
        var content = FileReader.Decode(path, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a")]);
        Assert.Equal("a", content.Text!.Text);
        Assert.Equal(isProblem, content.Problem is not null);
    }

    [Theory]
    [InlineData("a\uFFFDb\n")]
    [InlineData("\uFFFD")]
    public void The_character_that_stands_for_invalid_bytes_is_valid_itself(string text)
    {
        byte[][] files = [Encoding.UTF8.GetBytes(text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)]];
        Assert.All(files, file => Assert.Equal(text, Decode(file).Text!.Text));
        Assert.All(files, file => Assert.Null(Decode(file).Problem));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0xFD, 0xFF, 0x0A, 0x00, 0x00, 0xDC, 0x61, 0x00 }, 2, 1)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0xFF, 0xFD, 0x00, 0x61, 0xD8, 0x00 }, 1, 3)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0xFD, 0xFF, 0x61 }, 1, 2)]
    public void Invalid_utf16_is_found_behind_that_character(byte[] bytes, int line, int column)
    {
        var problem = Decode(bytes).Problem!;
        Assert.Equal(("The file is not valid UTF-16.", line, column), (problem.Message, problem.Location.Line, problem.Location.Column));
    }

    [Theory]
    [InlineData(".git/x.sql")]
    [InlineData(".GIT/x.sql")]
    [InlineData(".git/hooks/x.sql")]
    [InlineData("inner/.git/x.sql")]
    [InlineData(".git")]
    public void Nothing_of_gits_own_folder_is_read(string path)
    {
        using var repository = new TemporaryRepository(path);
        Assert.Equal("The file is in git's own folder.", FileReader.Read(path, repository.PathOf(path), new TreeBoundary(repository.Root)).Problem!.Message);
    }

    [Theory]
    [InlineData(".gitignore")]
    [InlineData("x.git/a.sql")]
    [InlineData(".github/workflows/ci.yml")]
    public void What_is_only_named_like_it_is_read(string path)
    {
        using var repository = new TemporaryRepository(path);
        Assert.Null(FileReader.Read(path, repository.PathOf(path), new TreeBoundary(repository.Root)).Problem);
    }

    [Fact]
    public void A_binary_file_has_no_text()
    {
        var content = Decode([0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0, 1]);
        Assert.Null(content.Text);
        Assert.Equal(FileReader.BinaryCode, content.Problem!.Code);
    }

    [Fact]
    public void What_is_no_file_is_told()
    {
        using var repository = new TemporaryRepository().Folder("folder.sql");
        File.CreateSymbolicLink(repository.PathOf("loop.sql"), repository.PathOf("loop.sql"));
        Assert.Contains("folder", Problem("folder.sql"), StringComparison.Ordinal);
        Assert.Contains("does not exist", Problem("nothing.sql"), StringComparison.Ordinal);
        Assert.Contains("symbolic links", Problem("loop.sql"), StringComparison.Ordinal);

        string Problem(string path) => FileReader.Read(path, repository.PathOf(path)).Problem!.Message;
    }

    private static FileContent Decode(byte[] bytes) => FileReader.Decode("f", bytes);
}
