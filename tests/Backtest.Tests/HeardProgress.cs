using Changeling.Backtest.Recordings;

namespace Changeling.Backtest.Tests;

/// <summary>Hears every report on the thread that makes it.</summary>
internal sealed class HeardProgress(Action<HistoryProgress>? hear = null) : IProgress<HistoryProgress>
{
    public void Report(HistoryProgress value) => hear?.Invoke(value);
}
