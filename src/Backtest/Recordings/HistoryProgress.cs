namespace Changeling.Backtest.Recordings;

/// <summary>How far a run is.</summary>
/// <param name="Step">What it does.</param>
/// <param name="Share">The share of this step that is done, 0–1.</param>
public readonly record struct HistoryProgress(HistoryStep Step, double Share);

/// <summary>The steps of a run.</summary>
public enum HistoryStep
{
    /// <summary>Finding the order of the messages. Files of Event Hubs Capture have one.</summary>
    Ordering,

    /// <summary>Sending the messages through the pipeline.</summary>
    Running,
}
