using Changeling.Events;
using Changeling.Findings;
using Changeling.Hubs;

namespace Changeling.Cli.Demo;

/// <summary>The telemetry of a demo, with its properties.</summary>
internal abstract class DemoTelemetry
{
    /// <summary>Partitions of the telemetry hub; messages are keyed by host.</summary>
    public const int Partitions = 4;

    /// <summary>A description of the telemetry in one line.</summary>
    public abstract string Title { get; }

    /// <summary>Days in which counts halve; 0 is never, for recordings from different years.</summary>
    public abstract int HalfLifeDays { get; }

    /// <summary>Number of messages.</summary>
    public abstract int Messages { get; }

    /// <summary>
    /// The messages in order, in parts: the next part is sent when the app has answered the one before. There is only one part, unless the
    /// telemetry has a common clock for all partitions.
    /// </summary>
    public abstract IEnumerable<IReadOnlyList<OutgoingMessage>> Stretches { get; }

    /// <summary>Lines of ground truth, where the telemetry is simulated.</summary>
    public abstract IReadOnlyList<AttackTruth> Truth { get; }
}

/// <summary>One attack step that was simulated.</summary>
/// <param name="Chain">The chain's id.</param>
/// <param name="Technique">ATT&amp;CK id.</param>
/// <param name="Event">The launch.</param>
/// <param name="Line">The line for the truth file.</param>
internal sealed record AttackTruth(string Chain, string? Technique, ProcessEvent Event, string Line)
{
    /// <summary>The id of its finding, if there is one.</summary>
    /// <value><see langword="null"/> where the source gives the event no identity.</value>
    public string? Id { get; } = Event.SourceIdentity is { } identity ? DetectionId.Of(identity).ToString() : null;
}
