using Changeling.Events;

namespace Changeling.Features;

/// <summary>A command line's arguments as the features read them: what the text of every reason is taken from.</summary>
public static class PlainCommandLine
{
    /// <summary>
    /// Lower case, without quotes and escapes, switches written with <c>-</c>, and behind them what base64 hid; at most 8,192 units.
    /// </summary>
    public static string Of(ProcessEvent processEvent) => Launch.Of(processEvent).CommandLine.Effective.Trim();
}
