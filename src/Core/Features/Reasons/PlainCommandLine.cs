using Changeling.Events;

namespace Changeling.Features;

/// <summary>A command line's arguments as the features read them: what the text of every reason is taken from.</summary>
public static class PlainCommandLine
{
    /// <summary>
    /// Lower case, without quotes, escapes and comments, switches written with <c>-</c>, and behind them what was encoded.
    /// </summary>
    public static string Of(ProcessEvent processEvent) => Launch.Of(processEvent).CommandLine.Effective.Trim();
}
