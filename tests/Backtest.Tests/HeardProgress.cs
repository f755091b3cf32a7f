namespace Changeling.Backtest.Tests;

/// <summary>Hears every report on the thread that makes it.</summary>
internal sealed class HeardProgress(Action<long>? hear = null) : IProgress<long>
{
    public void Report(long value) => hear?.Invoke(value);
}
