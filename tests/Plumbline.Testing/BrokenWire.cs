using System.Net;
using System.Net.Sockets;

namespace Plumbline.Testing;

/// <summary>What becomes of a connection when all that may pass has passed.</summary>
public enum WireEnd
{
    /// <summary>It is closed, as by a server that dies.</summary>
    Closes,

    /// <summary>It stays open and nothing comes any more, as from a server that hangs.</summary>
    FallsSilent,
}

/// <summary>A stretch of wire before a server, over which only so much of its answers comes. Without a server it accepts and says nothing.</summary>
public sealed class BrokenWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lays the wire.</summary>
    /// <param name="serverPort">The port of the server on this machine; null for none.</param>
    /// <param name="bytes">How many bytes of answers come through.</param>
    /// <param name="end">What happens then.</param>
    public BrokenWire(int? serverPort, long bytes, WireEnd end)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Serve(serverPort, bytes, end);
    }

    /// <summary>Ends when the first connection is accepted.</summary>
    public Task Connected => _connected.Task;

    /// <summary>The port to connect to.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Serve(int? serverPort, long bytes, WireEnd end)
    {
        var token = _end.Token;
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(token);
                _connected.TrySetResult();
                _ = serverPort is { } port ? Carry(client, port, bytes, end, token) : Hold(client, token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task Hold(TcpClient client, CancellationToken token)
    {
        using (client)
        {
            await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static async Task Carry(TcpClient client, int port, long bytes, WireEnd end, CancellationToken token)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, port, token);
            var questions = near.GetStream().CopyToAsync(far.GetStream(), token);
            var buffer = new byte[4096];
            while (bytes > 0)
            {
                var read = await far.GetStream().ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), token);
                if (read == 0)
                {
                    return;
                }

                await near.GetStream().WriteAsync(buffer.AsMemory(0, read), token);
                bytes -= read;
            }

            if (end == WireEnd.FallsSilent)
            {
                await questions;
                await Task.Delay(Timeout.Infinite, token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Either side has gone.
        }
    }
}
