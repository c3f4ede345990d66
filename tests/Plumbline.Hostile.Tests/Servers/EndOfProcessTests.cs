using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>Work that a server asks for and that nothing can interrupt ends with the process, and the process ends by the deadline.</summary>
[Trait("needs", "server")]
public sealed class EndOfProcessTests
{
    [Fact]
    public void Two_billion_iterations_of_a_password_do_not_keep_the_process()
    {
        using var server = new FakeServer(async session =>
        {
            await session.SendAsync('R', [.. FakeSession.Number(10), .. "SCRAM-SHA-256\0\0"u8]);
            var (_, body) = await session.ReceiveAsync();
            var nonce = Encoding.UTF8.GetString(body).Split("r=")[^1];
            await session.SendAsync('R', [.. FakeSession.Number(11), .. Encoding.UTF8.GetBytes($"r={nonce}x,s=QUJDREVGR0g=,i=2000000000")]);
            await session.ReceiveAsync();
        });
        var clock = Stopwatch.StartNew();
        var result = Command.Run(Plumb.Program, ["inspect", string.Create(CultureInfo.InvariantCulture, $"postgresql://app:secret@127.0.0.1:{server.Port}/shop")], timeout: TimeSpan.FromMinutes(2));

        // 30 seconds to be let in, and 2 to stop.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("could not be reached: it did not finish within", string.Join(' ', result.Error.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
