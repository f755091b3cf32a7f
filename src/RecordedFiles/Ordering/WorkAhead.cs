using System.Collections.Concurrent;

namespace Changeling.RecordedFiles.Ordering;

/// <summary>
/// Reads items, or works on them, on other threads while the caller uses those before them. Their order stays. The memory is limited by the
/// size of the parts.
/// </summary>
public static class WorkAhead
{
    /// <summary>Number of items of a part, at most.</summary>
    private const int MaxItems = 256;

    /// <summary>Number of bytes of a part; one item may be larger.</summary>
    private const int MaxBytes = 512 * 1024;

    /// <summary>Number of parts that are read before they are used.</summary>
    private const int MaxBuffered = 4;

    /// <summary>Each item with its result, in order. An exception of reading or working is thrown at its place.</summary>
    /// <param name="items">The items, read by the caller's thread.</param>
    /// <param name="bytes">Number of bytes of an item.</param>
    /// <param name="work">Work that does not depend on other items. Called by many threads.</param>
    public static IEnumerable<(TItem Item, TResult Result)> Select<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, int> bytes, Func<TItem, TResult> work)
    {
        var parts = new Queue<Task<(TItem, TResult)[]>>();
        foreach (var part in Parts(items, bytes))
        {
            parts.Enqueue(Task.Run(() => Array.ConvertAll(part, item => (item, work(item)))));
            if (parts.Count <= Environment.ProcessorCount) continue;
            foreach (var done in parts.Dequeue().GetAwaiter().GetResult()) yield return done;
        }

        while (parts.TryDequeue(out var part))
        {
            foreach (var done in part.GetAwaiter().GetResult()) yield return done;
        }
    }

    /// <summary>The items, read by another thread. An exception of reading is thrown at its place.</summary>
    /// <param name="items">The items.</param>
    /// <param name="bytes">Number of bytes of an item.</param>
    public static IEnumerable<TItem> Buffered<TItem>(IEnumerable<TItem> items, Func<TItem, int> bytes)
    {
        using var stop = new CancellationTokenSource();
        using var parts = new BlockingCollection<TItem[]>(MaxBuffered);
        var reading = Task.Run(() => Read(items, bytes, parts, stop.Token), CancellationToken.None);
        try
        {
            foreach (var item in parts.GetConsumingEnumerable(CancellationToken.None).SelectMany(part => part)) yield return item;
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            // The caller may stop early, and closes then what is read.
            stop.Cancel();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }
    }

    private static void Read<TItem>(
        IEnumerable<TItem> items, Func<TItem, int> bytes, BlockingCollection<TItem[]> parts, CancellationToken stop)
    {
        try
        {
            foreach (var part in Parts(items, bytes)) parts.Add(part, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody wants the others.
        }
        finally
        {
            parts.CompleteAdding();
        }
    }

    private static IEnumerable<TItem[]> Parts<TItem>(IEnumerable<TItem> items, Func<TItem, int> bytes)
    {
        var (part, size) = (new List<TItem>(MaxItems), 0);
        foreach (var item in items)
        {
            part.Add(item);
            size += bytes(item);
            if (part.Count < MaxItems && size < MaxBytes) continue;
            yield return [.. part];
            part.Clear();
            size = 0;
        }

        if (part.Count > 0) yield return [.. part];
    }
}
