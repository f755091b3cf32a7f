namespace Changeling.HubStandIn.Storing;

/// <summary>The newest messages of a partition, found by sequence number; a ring that grows up to its limit. Not thread-safe.</summary>
internal sealed class RetainedMessages(int max)
{
    private HubMessage?[] _ring = [];
    private int _start;

    public int Count { get; private set; }

    /// <summary>Sequence number of the oldest one kept, or of the next one when there is none.</summary>
    public long First { get; private set; }

    /// <summary>Sequence number of the newest; <see cref="First"/> - 1 when there is none.</summary>
    public long Last => First + Count - 1;

    /// <param name="sequenceNumber"><see cref="First"/> to <see cref="Last"/>.</param>
    public HubMessage this[long sequenceNumber] => _ring[Slot(sequenceNumber - First)]!;

    public void Add(HubMessage message)
    {
        if (Count == max) RemoveOldest();
        if (Count == _ring.Length) Grow();
        _ring[Slot(Count)] = message;
        Count++;
    }

    /// <summary>Sequence number of the first message that is far enough; one behind the last when none is.</summary>
    /// <param name="isFarEnough">False for messages up to some place, true for all behind it.</param>
    public long FirstThat(Predicate<HubMessage> isFarEnough)
    {
        var (from, to) = (First, Last + 1);
        while (from < to)
        {
            var middle = from + (to - from) / 2;
            if (isFarEnough(this[middle])) to = middle;
            else from = middle + 1;
        }

        return from;
    }

    private int Slot(long index) => (int)((_start + index) % _ring.Length);

    private void RemoveOldest()
    {
        _ring[_start] = null;
        _start = (_start + 1) % _ring.Length;
        Count--;
        First++;
    }

    private void Grow()
    {
        var larger = new HubMessage?[Math.Min(max, Math.Max(16, 2L * _ring.Length))];
        for (var i = 0; i < Count; i++) larger[i] = _ring[Slot(i)];
        (_ring, _start) = (larger, 0);
    }
}
