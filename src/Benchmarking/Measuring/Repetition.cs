namespace Changeling.Benchmarking.Measuring;

/// <summary>One repetition of a stage.</summary>
/// <param name="Events">Number of events that were processed.</param>
/// <param name="Time">How long it took, by the clock of the stage.</param>
/// <param name="AllocatedBytes">Bytes allocated; <see langword="null"/> where another process did the work.</param>
internal sealed record Repetition(long Events, TimeSpan Time, long? AllocatedBytes)
{
    public double MicrosecondsPerEvent => Time.TotalMicroseconds / Events;

    public double EventsPerSecond => Events / Time.TotalSeconds;

    /// <summary>More that this stage measures, by the name of its key.</summary>
    public IReadOnlyDictionary<string, double> More { get; init; } = new Dictionary<string, double>();

    /// <summary>Measures work that stays on one thread, by <see cref="ThreadClock"/>.</summary>
    /// <param name="work">Returns the number of events.</param>
    public static Repetition OnThread(Func<long> work)
    {
        var result = new TaskCompletionSource<Repetition>();
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(OfThread(work));
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        thread.Start();
        thread.Join();
        return result.Task.GetAwaiter().GetResult();
    }

    private static Repetition OfThread(Func<long> work)
    {
        GC.Collect();
        var (bytes, from) = (GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Now);
        var events = work();
        var time = ThreadClock.Now - from;
        return new(events, time, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
