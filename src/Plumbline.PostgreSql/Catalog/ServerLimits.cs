using System.Diagnostics;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>
/// The one policy for servers: what takes too long, or answers with too much, is ended. A server that keeps sending never lets a time-out of a single read pass, and a
/// server may ask for work that nothing can interrupt (the iterations of SCRAM): such work is left behind where it does not end by itself.
/// </summary>
internal static class ServerLimits
{
    /// <summary>
    /// How much more memory the program may hold because of a server's answers, in bytes. With the program itself, and with what a fast server sends until memory is looked
    /// at again, the process stays below 500 MiB. A database of 2,000 tables with 30,000 columns brings the whole process to 210 MiB.
    /// </summary>
    public const long MaximalMemory = 320L * 1024 * 1024;

    /// <summary>Bytes of a table whose rows are read; they are kept while they are read.</summary>
    public const long MaximalTable = 64L * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Does some work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="time">How long it may take.</param>
    /// <param name="cancellation">Ends it before.</param>
    /// <exception cref="ServerLimitException">A limit was reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var clock = Stopwatch.StartNew();
        var memory = GC.GetTotalMemory(forceFullCollection: false);

        // Where the answers are there already, all of it would run here, and nothing would look at the clock.
        var task = Task.Run(() => work(source.Token), CancellationToken.None);
        while (await Task.WhenAny(task, Task.Delay(Interval, cancellation)).ConfigureAwait(false) != task)
        {
            var isTooMuch = IsTooMuch(memory);
            if (!isTooMuch && clock.Elapsed < time && !cancellation.IsCancellationRequested)
            {
                continue;
            }

            _ = source.CancelAsync();
            await Task.WhenAny(task, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
            var isLeftBehind = !task.IsCompleted;
            _ = task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw cancellation.IsCancellationRequested
                ? new ServerLimitException("The work was cancelled.", isLeftBehind) { IsCancelled = true }
                : new ServerLimitException(isTooMuch ? $"the server's answers need more than {MaximalMemory >> 20} MiB of memory" : $"it did not finish within {time.TotalSeconds:0.#} seconds", isLeftBehind) { IsTime = !isTooMuch };
        }

        source.Dispose();
        return await task.ConfigureAwait(false);
    }

    // What is garbage does not count, and looking for it takes time.
    private static bool IsTooMuch(long memory) =>
        GC.GetTotalMemory(forceFullCollection: false) - memory > MaximalMemory && GC.GetTotalMemory(forceFullCollection: true) - memory > MaximalMemory;
}

/// <summary>A limit of <see cref="ServerLimits"/> was reached.</summary>
/// <param name="reason">What the server did, as a clause of its own.</param>
/// <param name="isLeftBehind">Whether the work goes on.</param>
internal sealed class ServerLimitException(string reason, bool isLeftBehind) : Exception(reason)
{
    /// <summary>Whether the work goes on: what it uses must not be touched.</summary>
    public bool IsLeftBehind { get; } = isLeftBehind;

    /// <summary>Whether the time was over; else the answers were too large.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether it was no limit, but the caller who did not want to wait.</summary>
    public bool IsCancelled { get; init; }
}
