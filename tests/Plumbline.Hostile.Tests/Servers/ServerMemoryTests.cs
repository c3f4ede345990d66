using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>A server that answers a query of the catalog with rows without end, or with very long values, is given up before the program takes 500 MiB: the whole process, as the system sees it.</summary>
/// <param name="server">The real server whose answers are repeated.</param>
/// <param name="output">Where the measured numbers go.</param>
[Trait("needs", "server")]
[Collection(nameof(LargeInputs))]
public sealed class ServerMemoryTests(PostgreSqlServer server, ITestOutputHelper output) : IClassFixture<PostgreSqlServer>
{
    private const string Definition = "the_column_of_the_view\n   FROM t";

    public static TheoryData<string> Floods => [.. Answers.Keys];

    private static readonly Dictionary<string, Func<FakeSession, byte[], Task>> Answers = new(StringComparer.Ordinal)
    {
        ["rows"] = async (session, row) => await RepeatAsync(session, Enumerable.Repeat(row, Math.Max(1, 65536 / row.Length)).SelectMany(b => b).ToArray()),
        ["long values"] = (session, row) => RepeatAsync(session, WithValue(row, 1 << 20)),
        ["longer values"] = (session, row) => RepeatAsync(session, WithValue(row, 100 << 20)),
        ["a value of two gigabytes"] = async (session, row) =>
        {
            byte[] start = [.. WithValue(row, 1 << 20)];
            BinaryPrimitives.WriteInt32BigEndian(start.AsSpan(1), int.MaxValue - 100);
            await session.SendAsync(start);
            await RepeatAsync(session, new byte[1 << 16]);
        },
        ["a row whose length leads back to its own beginning"] = async (session, row) =>
        {
            byte[] again = [.. row];
            BinaryPrimitives.WriteInt32BigEndian(again.AsSpan(1), -1);
            await session.SendAsync(again);
            await session.ReceiveAsync();
        },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void The_program_stays_below_500_MiB(string flood)
    {
        using var database = server.CreateDatabase();
        database.Run("CREATE TABLE t (the_column_of_the_view int); CREATE VIEW v AS SELECT the_column_of_the_view FROM t;");
        var conversation = Conversation.Record(server.Port, port => Plumb.Run("inspect", string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{port}/{database.Name}?sslmode=disable")));
        var answer = conversation.Turns.Select(turn => turn.Answered).Single(bytes => bytes.AsSpan().IndexOf("the_column_of_the_view"u8) >= 0);
        var messages = WireMutation.Messages(answer).ToList();
        var at = messages.FindIndex(message => message[0] == 'D' && message.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Definition)) >= 0);
        Assert.True(at > 0);

        using var fake = new FakeServer(async session =>
        {
            await session.SendAsync(conversation.Turns[0].Answered);
            await session.ReceiveAsync();
            await session.SendAsync([.. messages.Take(at).SelectMany(message => message)]);
            await Answers[flood](session, messages[at]);
        });
        using var folder = new TemporaryRepository();
        var clock = Stopwatch.StartNew();
        var (result, peak) = Plumb.Measure(folder.Root, "inspect", string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{fake.Port}/shop"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{flood}: {peak >> 20} MiB, {clock.Elapsed.TotalSeconds:0.0} s: {result.Error}"));
        Assert.Equal(3, result.ExitCode);
        Assert.Matches("^plumb: error: The database's catalog could not be read: [^\n]+\\.\n$", result.Error);
        Assert.InRange(peak, 0, 500L << 20);
    }

    // The row with a definition that is as long as asked for.
    private static byte[] WithValue(byte[] row, int length)
    {
        var found = row.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Definition));
        var at = found;
        while (!IsLength(row, at, found + Definition.Length))
            at--;

        var old = BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(at - 4));
        byte[] wide = [.. row[..at], .. new byte[length], .. row[(at + old)..]];
        wide.AsSpan(at, length).Fill((byte)'x');
        BinaryPrimitives.WriteInt32BigEndian(wide.AsSpan(at - 4), length);
        BinaryPrimitives.WriteInt32BigEndian(wide.AsSpan(1), wide.Length - 1);
        return wide;
    }

    // Whether the four bytes before are the length of a value that begins here and reaches up to there.
    private static bool IsLength(byte[] row, int at, int to) => BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(at - 4)) is > 0 and var length && length <= row.Length - at && at + length >= to;

    private static async Task RepeatAsync(FakeSession session, byte[] block)
    {
        while (true)
            await session.SendAsync(block);
    }
}
