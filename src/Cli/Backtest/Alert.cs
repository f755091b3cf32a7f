using Changeling.Events;

namespace Changeling.Cli.Backtest;

/// <summary>An alert of a backtest with the launch behind it.</summary>
/// <param name="Report">As the report has it.</param>
/// <param name="Truth">What it really was, where that is known.</param>
/// <param name="Launch">The launch.</param>
/// <param name="Clock">The partition clock at it, UTC.</param>
internal sealed record Alert(DetectionReport Report, TruthStep? Truth, ProcessEvent Launch, DateTimeOffset Clock)
{
    /// <summary>Whether it is a step of an attack.</summary>
    public bool IsTrue => Truth?.Chain is not null;
}
