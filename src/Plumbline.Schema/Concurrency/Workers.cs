namespace Plumbline.Schema.Concurrency;

/// <summary>Work that has no order, done on all cores. A cold start is quicker so than with <see cref="Parallel"/>, which brings much code with it.</summary>
public static class Workers
{
    /// <summary>Does all pieces of a work, each once; they are begun in their order.</summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="piecesOfWorker">How many pieces there must be for each thread beside the caller's: fewer are done sooner than it has started.</param>
    /// <param name="work">Does the piece of an index.</param>
    /// <param name="cancellation">Ends the work between two pieces.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static void Run(int count, int piecesOfWorker, Action<int> work, CancellationToken cancellation)
    {
        var next = -1;
        var others = new Task[Math.Min(Environment.ProcessorCount - 1, count / piecesOfWorker)];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = Task.Run(DoRest, CancellationToken.None);
        }

        try
        {
            DoRest();
        }
        finally
        {
            // Whatever ends the caller's part, nobody works on when this returns.
            Volatile.Write(ref next, count);
            Task.WhenAll(others)
                .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .Wait(CancellationToken.None);
        }

        foreach (var other in others)
        {
            other.GetAwaiter().GetResult();
        }

        void DoRest()
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                work(i);
            }
        }
    }
}
