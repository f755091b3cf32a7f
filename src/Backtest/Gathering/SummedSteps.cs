using Changeling.Backtest.Recordings;
using Changeling.Counts;

namespace Changeling.Backtest.Gathering;

/// <summary>The steps of attacks behind the sums of the cluster rules; only for windows that are not evaluated yet.</summary>
internal sealed class SummedSteps
{
    private readonly SortedDictionary<int, Dictionary<SumKey, List<TruthStep>>> _windows = [];

    /// <summary>Adds a step that was added to sums.</summary>
    public void Add(TruthStep step, IEnumerable<SumKey> summed)
    {
        foreach (var key in summed)
        {
            if (!_windows.TryGetValue(key.Window.Number, out var sums)) _windows[key.Window.Number] = sums = [];
            if (!sums.TryGetValue(key, out var steps)) sums[key] = steps = [];
            steps.Add(step);
        }
    }

    /// <summary>The attacks with a step in a sum, in order of name.</summary>
    public IReadOnlyList<string> ChainsOf(SumKey sum) =>
        [.. (_windows.GetValueOrDefault(sum.Window.Number)?.GetValueOrDefault(sum) ?? [])
            .Select(s => s.Chain!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    /// <summary>All steps.</summary>
    public IEnumerable<SummedState> State =>
        _windows.Values.SelectMany(w => w).Select(s => new SummedState(s.Key, [.. s.Value.Select(step => step.Identity!)]));

    /// <summary>Removes windows.</summary>
    /// <param name="last">The last of them.</param>
    public void Forget(ClockWindow last)
    {
        while (_windows.Count > 0 && _windows.First().Key <= last.Number) _windows.Remove(_windows.First().Key);
    }
}
