namespace Changeling.HostStandIn.Listening;

/// <summary>The partitions that a listener reads.</summary>
internal sealed class OwnedPartitions
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = [];
    private TaskCompletionSource _changed = New();

    public IReadOnlyCollection<string> Ids
    {
        get
        {
            lock (_gate) return [.. _ids];
        }
    }

    public void Add(string partitionId) => Change(ids => ids.Add(partitionId));

    public void Remove(string partitionId) => Change(ids => ids.Remove(partitionId));

    /// <summary>Waits until there are this many partitions.</summary>
    public async Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_ids.Count == count) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action<HashSet<string>> change)
    {
        lock (_gate)
        {
            change(_ids);
            _changed.TrySetResult();
            _changed = New();
        }
    }
}
