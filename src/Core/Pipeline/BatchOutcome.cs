using Changeling.Sources;

namespace Changeling.Pipeline;

/// <summary>The result of one batch: the detections to send, and the counts for the log line and the metrics.</summary>
public sealed record BatchOutcome
{
    /// <summary>
    /// The committed detections of the batch in order of position, each one UTF-8 JSON object as stored: new ones and those
    /// that an earlier, unfinished delivery had committed already.
    /// </summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Detections { get; init; }

    /// <summary>Records seen after peeling.</summary>
    public int Records { get; init; }

    /// <summary>Process events scored by this delivery.</summary>
    public int Scored { get; init; }

    /// <summary>Records at or below the watermark: answered from the outbox, neither scored nor counted again.</summary>
    public int Replayed { get; init; }

    /// <summary>
    /// Those of <see cref="Replayed"/> that no hub can still hold (<see cref="Changeling.Counts.Place.IsImplausibleReplay"/>): lost, unless
    /// an operator resets the partition while the hub keeps them.
    /// </summary>
    public int ImplausibleReplays { get; init; }

    /// <summary>Records skipped as not a process creation, by format and kind.</summary>
    public required IReadOnlyDictionary<(string Format, string Kind), int> Skipped { get; init; }

    /// <summary>Dead letters by detected format and reason.</summary>
    public required IReadOnlyDictionary<(string Format, string Reason), int> DeadLetters { get; init; }

    /// <summary>The health of the sources, from the committed records.</summary>
    public SourceHealthReport Sources { get; init; } = new SourceHealth().ToReport();

    /// <summary>How often caps held back a rule on a launch in this delivery, by rule.</summary>
    public IReadOnlyDictionary<string, int> HeldBack { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// How often exceptions suppressed a rule on a launch in this delivery, by rule. A launch is emitted if another rule is left on it.
    /// </summary>
    public IReadOnlyDictionary<string, int> Suppressed { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// The evidence and decision of each committed event, in order; empty unless <see cref="PipelineSettings.KeepsDecided"/>.
    /// </summary>
    public IReadOnlyList<DecidedEvent> Decided { get; init; } = [];

    /// <summary>Process events scored by this delivery that the model classifies as malicious.</summary>
    public int Malicious { get; init; }

    /// <summary><see cref="Detections"/> by the rule that leads.</summary>
    public IReadOnlyDictionary<string, int> DetectionsByRule { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// How long the baseline has been learning, by the partition clock: from its first event ever to the last record of this batch.
    /// </summary>
    public TimeSpan BaselineAge { get; init; }

    /// <summary>
    /// Rows of the partition that are held in memory after the batch, bounded by <see cref="PipelineSettings.CachedRows"/>.
    /// </summary>
    public long CachedRows { get; init; }

    /// <summary>Chunks committed.</summary>
    public int Commits { get; init; }

    /// <summary>Commits whose outcome was unknown, so that the partition was read again.</summary>
    public int UnknownCommits { get; init; }

    /// <summary>Messages that never arrived: sequence numbers skipped since the last message received.</summary>
    public long SequenceGap { get; init; }

    /// <summary>Whether the deployment is still learning, so that detections are notes and no alerts.</summary>
    public bool Learning { get; init; }
}
