using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>What a client and a real server said to each other, in turns: so many bytes of the client, then the answer of the server.</summary>
/// <param name="Turns">The turns.</param>
internal sealed record Conversation(IReadOnlyList<(int Asked, byte[] Answered)> Turns)
{
    /// <summary>The name of the database that was asked for: another one would make the questions longer or shorter.</summary>
    public string Database { get; init; } = "";

    /// <summary>Records what is said over one connection while something is done.</summary>
    /// <param name="server">The server's port.</param>
    /// <param name="connect">Connects to a port.</param>
    public static Conversation Record(int server, Action<int> connect)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var turns = new List<(int Asked, List<byte> Answered)>();
        var carrying = Task.Run(async () =>
        {
            using var near = await listener.AcceptTcpClientAsync();
            using var far = new TcpClient();
            await far.ConnectAsync(IPAddress.Loopback, server);
            await Task.WhenAll(
                Carry(near, far, bytes =>
                {
                    if (turns.Count == 0 || turns[^1].Answered.Count > 0)
                        turns.Add((0, []));

                    turns[^1] = (turns[^1].Asked + bytes.Length, turns[^1].Answered);
                }),
                Carry(far, near, bytes => turns[^1].Answered.AddRange(bytes)));

            async Task Carry(TcpClient from, TcpClient to, Action<byte[]> heard)
            {
                var buffer = new byte[1 << 16];
                while (await from.GetStream().ReadAsync(buffer) is var count and > 0)
                {
                    lock (turns)
                        heard(buffer[..count]);

                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
                }

                to.Client.Shutdown(SocketShutdown.Send);
            }
        });
        connect(((IPEndPoint)listener.LocalEndpoint).Port);
        carrying.Wait(TimeSpan.FromSeconds(10));
        return new Conversation([.. turns.Where(turn => turn.Answered.Count > 0).Select(turn => (turn.Asked, turn.Answered.ToArray()))]);
    }

    /// <summary>Says what the server said to whoever connects, each answer when as much was asked as then, or nothing more comes.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="pause">How long nothing comes before the answer is given, or the connection closed: a client that waits for more after a changed answer would wait for ever.</param>
    public Replay Play(IReadOnlyList<byte[]> answers, TimeSpan pause) => new(this, answers, pause);

    /// <summary>A server that only repeats.</summary>
    internal sealed class Replay : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        internal Replay(Conversation conversation, IReadOnlyList<byte[]> answers, TimeSpan pause)
        {
            _listener.Start();
            Url = string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{conversation.Database}?sslmode=disable");
            _ = ServeAsync(conversation, answers, pause);
        }

        /// <summary>The URL of its database.</summary>
        public string Url { get; }

        /// <inheritdoc/>
        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(Conversation conversation, IReadOnlyList<byte[]> answers, TimeSpan pause)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    try
                    {
                        var stream = client.GetStream();
                        for (var i = 0; i < answers.Count; i++)
                        {
                            if (!await HearAsync(stream, conversation.Turns[i].Asked, pause))
                                break;

                            await stream.WriteAsync(answers[i]);
                        }
                    }
                    catch (IOException)
                    {
                        // The client has gone.
                    }
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException or OperationCanceledException)
            {
                // The test is over.
            }
        }

        // Whether the client said anything.
        private static async Task<bool> HearAsync(NetworkStream stream, int length, TimeSpan pause)
        {
            var buffer = new byte[1 << 16];
            var heard = 0;
            try
            {
                while (heard < length)
                {
                    using var end = new CancellationTokenSource(pause);
                    var count = await stream.ReadAsync(buffer, end.Token);
                    if (count == 0)
                        return heard > 0;

                    heard += count;
                }
            }
            catch (OperationCanceledException)
            {
                // It waits.
            }

            return heard > 0;
        }
    }
}
