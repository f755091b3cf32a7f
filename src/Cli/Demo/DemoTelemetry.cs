using Changeling.Hubs;

namespace Changeling.Cli.Demo;

/// <summary>What a demo sends, and what is known of it beforehand.</summary>
internal abstract class DemoTelemetry
{
    /// <summary>Partitions of the telemetry hub; messages are keyed by host.</summary>
    public const int Partitions = 4;

    /// <summary>One line on what this is.</summary>
    public abstract string Title { get; }

    /// <summary>Days in which counts halve; 0 is never, for recordings that lie years apart.</summary>
    public abstract int HalfLifeDays { get; }

    /// <summary>Number of messages.</summary>
    public abstract int Messages { get; }

    /// <summary>
    /// The messages in the order they are sent: the next stretch begins when the app has answered the last one. One stretch is all, unless
    /// the telemetry has a clock that all partitions share.
    /// </summary>
    public abstract IEnumerable<IReadOnlyList<OutgoingMessage>> Stretches { get; }

    /// <summary>Lines of ground truth, where the telemetry is simulated.</summary>
    public abstract IReadOnlyList<AttackTruth> Truth { get; }
}

/// <summary>One attack step that was simulated.</summary>
/// <param name="Chain">The chain's id.</param>
/// <param name="Technique">ATT&amp;CK id.</param>
/// <param name="Identity">Source identity of the event.</param>
/// <param name="Line">The line for the truth file.</param>
internal sealed record AttackTruth(string Chain, string? Technique, string? Identity, string Line);
