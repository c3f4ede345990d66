using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plumbline.Cli.Tests;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>A server that never comes to an end, or answers with anything, ends in a message: nothing hangs, and memory is bounded.</summary>
[Collection(nameof(LargeInputs))]
public sealed class FloodTests
{
    private static readonly CatalogOptions Hasty = new() { OpeningDeadline = TimeSpan.FromSeconds(1), Deadline = TimeSpan.FromSeconds(2), ConnectTimeout = TimeSpan.FromSeconds(60), StatementTimeout = TimeSpan.FromSeconds(60) };

    private static readonly Dictionary<string, Func<FakeSession, Task>> Openings = new()
    {
        ["silence"] = session => Task.Delay(Timeout.Infinite, session.End),
        ["notices"] = session => Flood(session, FakeSession.Message('N', "SNOTICE\0C00000\0Mx\0\0"u8.ToArray())),
        ["parameters"] = session => Flood(session, FakeSession.Message('S', "a\0b\0"u8.ToArray())),
        ["parameters of ever other names"] = async session =>
        {
            await session.SendAsync('R', FakeSession.Number(0));
            for (var i = 0; ; i++)
            {
                await session.SendAsync('S', Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"a{i}\0{new string('x', 4000)}\0")));
            }
        },
        ["requests for passwords"] = session => Flood(session, FakeSession.Message('R', FakeSession.Number(3))),
        ["one byte a moment"] = async session =>
        {
            foreach (var b in FakeSession.Message('N', new byte[4000]))
            {
                await session.SendAsync([b]);
                await Task.Delay(50, session.End);
            }
        },
        ["iterations"] = async session =>
        {
            await session.SendAsync('R', [.. FakeSession.Number(10), .. "SCRAM-SHA-256\0\0"u8]);
            var (_, body) = await session.ReceiveAsync();
            var nonce = Encoding.UTF8.GetString(body).Split("r=")[^1];
            await session.SendAsync('R', [.. FakeSession.Number(11), .. Encoding.UTF8.GetBytes($"r={nonce}x,s=QUJDREVGR0g=,i=40000000")]);
            await session.ReceiveAsync();
        },
        ["a message of two gigabytes"] = async session =>
        {
            await session.SendAsync([(byte)'N', .. FakeSession.Number(int.MaxValue)]);
            await Flood(session, new byte[64 * 1024]);
        },
        ["a message of a negative length"] = session => session.SendAsync([(byte)'N', .. FakeSession.Number(-5), .. new byte[100]]),
        ["garbage"] = session => Flood(session, [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 37))]),
        ["text"] = session => session.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()),
        ["an unknown way to log in"] = session => session.SendAsync('R', FakeSession.Number(99)),
        ["kerberos"] = session => session.SendAsync('R', FakeSession.Number(7)),
        ["an error without fields"] = session => session.SendAsync('E', [0]),
        ["the end"] = _ => Task.CompletedTask,
    };

    private static readonly Dictionary<string, Func<FakeSession, Task>> Answers = new()
    {
        ["silence"] = session => Task.Delay(Timeout.Infinite, session.End),
        ["notices"] = session => Flood(session, FakeSession.Message('N', "SNOTICE\0C00000\0Mx\0\0"u8.ToArray())),
        ["long notices"] = session => Flood(session, FakeSession.Message('N', [.. "SNOTICE\0C00000\0M"u8, .. Enumerable.Repeat((byte)'x', 1 << 20), 0, 0])),
        ["parameters"] = session => Flood(session, FakeSession.Message('S', "TimeZone\0UTC\0"u8.ToArray())),
        ["notifications"] = session => Flood(session, FakeSession.Message('A', [.. FakeSession.Number(1), .. "a\0b\0"u8])),
        ["rows"] = session => Rows(session, FakeSession.Message('D', [0, 1, .. FakeSession.Number(4), .. "text"u8])),
        ["wide rows"] = session => Rows(session, FakeSession.Message('D', [0, 1, .. FakeSession.Number(1 << 20), .. Enumerable.Repeat((byte)'x', 1 << 20)])),
        ["rows of no columns"] = session => Rows(session, FakeSession.Message('D', [0, 0])),
        ["a row of two gigabytes"] = async session =>
        {
            await session.SendAsync([.. Description(), (byte)'D', .. FakeSession.Number(int.MaxValue - 100), 0, 1, .. FakeSession.Number(int.MaxValue - 110)]);
            await Flood(session, new byte[64 * 1024]);
        },
        ["ends of commands"] = session => Flood(session, [.. FakeSession.Message('1', []), .. FakeSession.Message('2', []), .. FakeSession.Message('n', []), .. FakeSession.Message('C', "SET\0"u8.ToArray())]),
        ["errors"] = session => Flood(session, FakeSession.Message('E', "SERROR\0C42601\0Mx\0\0"u8.ToArray())),
        ["readiness"] = session => Flood(session, FakeSession.Message('Z', "I"u8.ToArray())),
        ["garbage"] = session => Flood(session, [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 37))]),
        ["copy"] = session => Flood(session, [.. FakeSession.Message('H', [0, 0, 0]), .. FakeSession.Message('d', "x"u8.ToArray())]),
        ["the end"] = _ => Task.CompletedTask,
    };

    public static TheoryData<string> OpeningNames() => [.. Openings.Keys];

    public static TheoryData<string> AnswerNames() => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(OpeningNames))]
    public async Task A_server_that_does_not_let_in_is_given_up(string opening)
    {
        using var server = new FakeServer(Openings[opening]);
        await Fails(server);
    }

    [Theory]
    [MemberData(nameof(AnswerNames))]
    public async Task A_server_that_answers_without_end_is_given_up(string answer)
    {
        using var server = new FakeServer(async session =>
        {
            await session.WelcomeAsync();
            await session.ReceiveAsync();
            await Answers[answer](session);
        });
        await Fails(server);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("status")]
    [InlineData("audit")]
    [InlineData("diff")]
    public void Every_command_ends_with_a_message_and_exit_code_3(string command)
    {
        using var server = new FakeServer(async session =>
        {
            await session.WelcomeAsync();
            await session.ReceiveAsync();
            await session.SendAsync([.. FakeSession.Message('1', []), .. Description(), .. FakeSession.Message('D', [0, 1, .. FakeSession.Number(4), .. "text"u8])]);
        });
        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model a {\n  id Int @id\n}\n")
            .Write("prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
        var url = Url(server);
        var result = Plumb.Run(command switch
        {
            "inspect" => ["inspect", url],
            "diff" => ["diff", repository.PathOf("prisma/migrations"), url],
            _ => [command, repository.Root, "--database", url],
        });
        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("bug in plumb", result.Output + result.Error, StringComparison.Ordinal);
    }

    private static string Url(FakeServer server) => string.Create(CultureInfo.InvariantCulture, $"postgresql://app:secret@127.0.0.1:{server.Port}/shop?connect_timeout=60&socket_timeout=60");

    private static async Task Fails(FakeServer server)
    {
        Assert.True(DatabaseUrl.TryParse(Url(server), out var url, out _));
        var clock = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<CatalogException>(() => CatalogReader.ReadAsync(url, Hasty, TestContext.Current.CancellationToken));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(9));
        Assert.Matches(@"^The [^\n]+\.$", failure.Message);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.InRange(Process.GetCurrentProcess().WorkingSet64, 0, 3L * 1024 * 1024 * 1024);
    }

    // One column of type text.
    private static byte[] Description() => FakeSession.Message('T', [0, 1, .. "a\0"u8, .. FakeSession.Number(0), 0, 0, .. FakeSession.Number(25), 0xFF, 0xFF, .. FakeSession.Number(-1), 0, 1]);

    private static async Task Rows(FakeSession session, byte[] row)
    {
        await session.SendAsync([.. FakeSession.Message('1', []), .. FakeSession.Message('2', []), .. FakeSession.Message('n', []), .. FakeSession.Message('C', "BEGIN\0"u8.ToArray())]);
        await session.SendAsync([.. FakeSession.Message('1', []), .. FakeSession.Message('2', []), .. Description()]);
        await Flood(session, row);
    }

    private static async Task Flood(FakeSession session, byte[] message)
    {
        var block = Enumerable.Repeat(message, Math.Max(1, 65536 / message.Length)).SelectMany(m => m).ToArray();
        while (true)
        {
            await session.SendAsync(block);
        }
    }
}
