namespace Changeling.Partitions;

/// <summary>
/// Which weak signals a partition stored in the current clock hour, so that a launch that repeats all day does not fill the table. Only a
/// saving: a signal that is stored again counts once in its incident.
/// </summary>
public sealed class RecentSignals
{
    /// <summary>Maximum number that is remembered; then all are forgotten.</summary>
    private const int Most = 8_192;

    private readonly HashSet<(string Host, string Step)> _stored = [];
    private int _hour;

    /// <summary>The clock hour and what was stored in it, to continue from.</summary>
    public RecentSignalsState State => new(_hour, [.. _stored]);

    /// <summary>Continues from what another process remembered.</summary>
    public void TakeOver(RecentSignalsState state)
    {
        Forget();
        _hour = state.Hour;
        _stored.UnionWith(state.Stored);
    }

    /// <summary>Remembers a signal.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="step">What repeats.</param>
    /// <param name="hour">The clock hour.</param>
    /// <returns>Whether it is new in this hour.</returns>
    public bool IsNew(string host, string step, int hour)
    {
        if (hour != _hour || _stored.Count >= Most) Forget();
        _hour = hour;
        return _stored.Add((host, step));
    }

    /// <summary>Forgets all: what was stored last is not known.</summary>
    public void Forget() => _stored.Clear();
}

/// <summary>What <see cref="RecentSignals"/> remember.</summary>
/// <param name="Hour">The clock hour.</param>
/// <param name="Stored">Host and step of each signal that was stored in it.</param>
public sealed record RecentSignalsState(int Hour, IReadOnlyList<(string Host, string Step)> Stored);
