using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plumbline.Testing;

/// <summary>Something that answers as a PostgreSQL server does, or does not. PostgreSQL documentation, "Message Formats".</summary>
public sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Starts it.</summary>
    /// <param name="talk">What it says to a client that has asked to be let in.</param>
    public FakeServer(Func<FakeSession, Task> talk)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Serve(talk);
    }

    /// <summary>The port to connect to.</summary>
    public int Port { get; }

    /// <summary>The passwords, or what stood for them, that clients have sent.</summary>
    public ConcurrentQueue<string> Passwords { get; } = [];

    /// <summary>The clients that have asked to be let in.</summary>
    public int Clients => _clients;

    private int _clients;

    /// <summary>A server that demands a password in clear text, and refuses whatever it gets.</summary>
    public static FakeServer DemandingPasswords()
    {
        FakeServer? server = null;
        return server = new FakeServer(async session =>
        {
            await session.SendAsync('R', FakeSession.Number(3));
            var (kind, body) = await session.ReceiveAsync();
            if (kind == 'p')
            {
                server!.Passwords.Enqueue(Encoding.UTF8.GetString(body).TrimEnd('\0'));
            }

            await session.SendAsync('E', "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0"u8.ToArray());
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Serve(Func<FakeSession, Task> talk)
    {
        try
        {
            while (true)
            {
                _ = Answer(await _listener.AcceptTcpClientAsync(_end.Token), talk);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Answer(TcpClient client, Func<FakeSession, Task> talk)
    {
        const int requestOfTls = 80877103;
        const int requestOfGss = 80877104;
        using (client)
        {
            try
            {
                var session = new FakeSession(client.GetStream(), _end.Token);
                while (await session.ReceiveStartAsync() is requestOfTls or requestOfGss)
                {
                    await session.SendAsync("N"u8.ToArray());
                }

                Interlocked.Increment(ref _clients);
                await talk(session);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client has gone.
            }
        }
    }
}

/// <summary>A client of a <see cref="FakeServer"/>.</summary>
public sealed class FakeSession(Stream stream, CancellationToken end)
{
    /// <summary>Ends with the server.</summary>
    public CancellationToken End => end;

    /// <summary>A number of four bytes.</summary>
    public static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>A message as it is sent.</summary>
    public static byte[] Message(char kind, byte[] body) => [(byte)kind, .. Number(body.Length + 4), .. body];

    /// <summary>Lets the client in, as a server of version 15.</summary>
    public async Task WelcomeAsync()
    {
        await SendAsync('R', Number(0));
        foreach (var setting in (string[])["server_version\u000015.0", "server_encoding\0UTF8", "client_encoding\0UTF8", "standard_conforming_strings\0on", "integer_datetimes\0on"])
        {
            await SendAsync('S', Encoding.UTF8.GetBytes(setting + "\0"));
        }

        await SendAsync('K', [.. Number(1), .. Number(2)]);
        await SendAsync('Z', "I"u8.ToArray());
    }

    /// <summary>Sends a message.</summary>
    public Task SendAsync(char kind, byte[] body) => SendAsync(Message(kind, body));

    /// <summary>Sends bytes.</summary>
    public Task SendAsync(byte[] bytes) => stream.WriteAsync(bytes, end).AsTask();

    /// <summary>Receives a message.</summary>
    public async Task<(char Kind, byte[] Body)> ReceiveAsync()
    {
        var kind = new byte[1];
        await stream.ReadExactlyAsync(kind, end);
        return ((char)kind[0], await ReceiveBlockAsync());
    }

    /// <summary>Receives what a client begins with; gives its number.</summary>
    internal async Task<int> ReceiveStartAsync() => BinaryPrimitives.ReadInt32BigEndian(await ReceiveBlockAsync());

    private async Task<byte[]> ReceiveBlockAsync()
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, end);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
        await stream.ReadExactlyAsync(body, end);
        return body;
    }
}
