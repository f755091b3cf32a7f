namespace Changeling.HubStandIn.Storing;

/// <summary>A number that only rises, and tasks that wait until it is high enough.</summary>
internal sealed class RisingNumber(long first)
{
    private readonly Lock _gate = new();
    private long _value = first;
    private TaskCompletionSource? _risen;

    public long Value => Volatile.Read(ref _value);

    /// <summary>Raises the number; a value below the present one changes nothing.</summary>
    public void RaiseTo(long value) => Change(present => Math.Max(present, value));

    /// <summary>Raises the number by so many.</summary>
    public void RaiseBy(long count) => Change(present => present + count);

    /// <summary>Completes when the number is at least <paramref name="value"/>.</summary>
    public async Task WaitForAsync(long value, CancellationToken cancellationToken)
    {
        while (NextRise(value) is { } rise) await rise.WaitAsync(cancellationToken);
    }

    private Task? NextRise(long value)
    {
        lock (_gate)
        {
            if (_value >= value) return null;

            _risen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _risen.Task;
        }
    }

    private void Change(Func<long, long> change)
    {
        TaskCompletionSource? risen;
        lock (_gate)
        {
            _value = change(_value);
            (risen, _risen) = (_risen, null);
        }

        risen?.SetResult();
    }
}
