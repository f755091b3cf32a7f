namespace Changeling.Benchmarking.Measuring;

/// <summary>Looks at the managed heap again and again, and keeps by how much it grew at most.</summary>
internal sealed class HeapPeak : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly long _before = GC.GetTotalMemory(forceFullCollection: false);
    private readonly Timer _timer;
    private long _peak;

    public HeapPeak() => _timer = new Timer(_ => Look(), null, Interval, Interval);

    /// <summary>Bytes at the peak, without those at the beginning.</summary>
    public long Bytes
    {
        get
        {
            Look();
            return Interlocked.Read(ref _peak);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var grown = GC.GetTotalMemory(forceFullCollection: false) - _before;
        if (grown > Interlocked.Read(ref _peak)) Interlocked.Exchange(ref _peak, grown);
    }
}
