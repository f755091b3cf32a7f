using System.Diagnostics.Metrics;
using Changeling.Events;
using Changeling.Incidents;
using Changeling.Pipeline;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Hosting.Observing;

/// <summary>The app's metrics. Every tag has few values: reasons, formats, outcomes, but never a name from an event.</summary>
public sealed class PipelineMetrics
{
    /// <summary>The model that the pointer names is now in use.</summary>
    public const string ModelLoaded = "loaded";

    /// <summary>The model is not valid; the previous one stays in use.</summary>
    public const string ModelRefused = "refused";

    /// <summary>Pointer or package could not be read; the previous model stays in use.</summary>
    public const string ModelUnreachable = "unreachable";

    private readonly Counter<long> _starts;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _lag;
    private readonly Gauge<double> _age;
    private readonly Gauge<long> _cached;
    private readonly Counter<long> _malicious;
    private readonly Histogram<int> _commitRows;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _records;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _events;
    private readonly Counter<long> _missing;
    private readonly Counter<long> _invalidParents;
    private readonly Counter<long> _skew;
    private readonly Counter<long> _detections;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _implausible;
    private readonly Counter<long> _stuck;
    private readonly Counter<long> _models;
    private readonly Counter<long> _rules;
    private readonly Counter<long> _heldBack;
    private readonly Counter<long> _suppressed;
    private readonly Counter<long> _damaged;
    private readonly Counter<long> _exceptions;
    private readonly Counter<long> _signals;
    private readonly Gauge<long> _open;
    private readonly Counter<long> _incidentMessages;
    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    public PipelineMetrics(IMeterFactory factory)
    {
        var meter = _meter = factory.Create(Telemetry.Name);
        _starts = meter.CreateCounter<long>("changeling.starts", "{start}", "Starts of the app: one for each process.");
        _messages = meter.CreateCounter<long>("changeling.messages", "{message}", "Messages of batches that were processed.");
        _lag = meter.CreateHistogram<double>(
            "changeling.lag", "s", "From the hub's taking of a batch's first message to the last detection sent, by event partition.");
        _age = meter.CreateGauge<double>(
            "changeling.baseline.age", "s", "Partition clock since the first event that the baseline counted, by event partition.");
        _cached = meter.CreateGauge<long>(
            "changeling.baseline.cached_rows",
            "{row}",
            "Rows of the baseline held in memory, by event partition; bounded by Pipeline:CachedRows.");
        _malicious = meter.CreateCounter<long>(
            "changeling.events.malicious", "{event}", "Process starts that the model classifies as malicious, before any rule.");
        _commitRows =
            meter.CreateHistogram<int>("changeling.commit.rows", "{row}", "Entities of a commit's transaction, the watermark included.");
        _commitDuration = meter.CreateHistogram<double>(
            "changeling.commit.duration", "s", "From a commit's request to its answer, by outcome: committed, unknown, refused or away.");
        _batches = meter.CreateCounter<long>("changeling.batches", "{batch}", "Batches answered, by outcome.");
        _duration = meter.CreateHistogram<double>(
            "changeling.batch.duration", "s", "From a batch's first message in our hands to its last detection sent.");
        _records = meter.CreateCounter<long>("changeling.records", "{record}", "Records seen, by what became of them: scored or replayed.");
        _skipped = meter.CreateCounter<long>(
            "changeling.records.skipped", "{record}", "Records that are no process creation, by format and kind.");
        _deadLetters = meter.CreateCounter<long>(
            "changeling.dead_letters", "{record}", "Records that could not be read or committed, by format and reason.");
        _events = meter.CreateCounter<long>("changeling.events", "{event}", "Process starts committed, by format.");
        _missing =
            meter.CreateCounter<long>("changeling.events.missing", "{event}", "Process starts without a field, by format and field.");
        _invalidParents = meter.CreateCounter<long>(
            "changeling.events.parent_invalid",
            "{event}",
            "Process starts whose parent can be no program, by format: the sign of a parser that slipped.");
        _skew = meter.CreateCounter<long>(
            "changeling.events.skew",
            "{event}",
            "Process starts by format and how far their time is from the hub's: ahead, prompt, hours, days, beyond.");
        _detections = meter.CreateCounter<long>(
            "changeling.detections", "{detection}", "Detections sent to the hub, by the rule that leads; repeated ones included.");
        _commits = meter.CreateCounter<long>("changeling.commits", "{commit}", "Chunks committed, and commits whose outcome was unknown.");
        _gaps = meter.CreateCounter<long>(
            "changeling.sequence_gap", "{message}", "Messages that never arrived: lost to retention or passed over by the host.");
        _implausible = meter.CreateCounter<long>(
            "changeling.replays.implausible",
            "{record}",
            "Records that count as replays although they are older than any hub keeps messages: the partition's clock stands in the future.");
        _stuck = meter.CreateCounter<long>(
            "changeling.batches.stuck", "{batch}", "Attempts at a batch that the host has retried 20 times or more.");
        _models = meter.CreateCounter<long>(
            "changeling.model.loads",
            "{load}",
            "Looks at a new model in the store, by outcome: loaded, refused (the old one stays) or unreachable.");
        _rules = meter.CreateCounter<long>(
            "changeling.rules.loads",
            "{load}",
            "Looks at changed rule files, by outcome: loaded, refused (what was in force stays) or unreachable.");
        _heldBack = meter.CreateCounter<long>(
            "changeling.detections.held_back", "{detection}", "Launches on which a cap held a rule back, by rule.");
        _suppressed = meter.CreateCounter<long>(
            "changeling.detections.suppressed", "{detection}", "Launches and clusters on which an exception suppressed a rule, by rule.");
        _damaged = meter.CreateCounter<long>(
            "changeling.detections.damaged", "{detection}", "Stored detections that cannot be read and are therefore not sent.");
        _exceptions = meter.CreateCounter<long>(
            "changeling.exceptions.loads",
            "{load}",
            "Looks at changed exceptions, by outcome: loaded, refused (what was in force stays) or unreachable.");
        _signals = meter.CreateCounter<long>("changeling.signals", "{signal}", "Launches that incidents have read.");
        _open = meter.CreateGauge<long>("changeling.incidents.open", "{incident}", "Open incidents after the last run of their timer.");
        _incidentMessages = meter.CreateCounter<long>(
            "changeling.incidents.messages", "{message}", "Messages about incidents sent to the hub; repeated ones included.");
    }

    /// <summary>Counts the start of this process.</summary>
    public void Started() => _starts.Add(1);

    /// <summary>Counts a commit.</summary>
    public void Committed(CommitTook took)
    {
        _commitRows.Record(took.Rows);
        _commitDuration.Record(took.Elapsed.TotalSeconds, Tag("outcome", took.Outcome switch
        {
            CommitOutcome.Committed => "committed",
            CommitOutcome.Unknown => "unknown",
            CommitOutcome.Refused => "refused",
            _ => "away",
        }));
    }

    /// <summary>Counts a batch that was processed.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outcome">The result of the batch.</param>
    /// <param name="elapsed">Duration of the processing.</param>
    /// <param name="lag">Time from the enqueued time of the first message to now; never below zero, even if clocks differ.</param>
    public void Processed(EventBatch batch, BatchOutcome outcome, TimeSpan elapsed, TimeSpan lag)
    {
        _messages.Add(batch.Messages.Count);
        _lag.Record(lag.TotalSeconds, Tag("partition", batch.Partition.Id));
        _age.Record(outcome.BaselineAge.TotalSeconds, Tag("partition", batch.Partition.Id));
        _cached.Record(outcome.CachedRows, Tag("partition", batch.Partition.Id));
        _malicious.Add(outcome.Malicious);
        _batches.Add(1, Tag("outcome", "ok"));
        _duration.Record(elapsed.TotalSeconds);
        _records.Add(outcome.Scored, Tag("fate", "scored"));
        _records.Add(outcome.Replayed, Tag("fate", "replayed"));
        foreach (var ((format, kind), count) in outcome.Skipped) _skipped.Add(count, Tag("format", format), Tag("kind", kind));
        foreach (var ((format, reason), count) in outcome.DeadLetters)
            _deadLetters.Add(count, Tag("format", format), Tag("reason", reason));
        Sources(outcome);
        foreach (var (rule, count) in outcome.DetectionsByRule) _detections.Add(count, Tag("rule", rule));
        foreach (var (rule, count) in outcome.HeldBack) _heldBack.Add(count, Tag("rule", rule));
        Suppressed(outcome.Suppressed);
        _commits.Add(outcome.Commits, Tag("outcome", "known"));
        _commits.Add(outcome.UnknownCommits, Tag("outcome", "unknown"));
        _gaps.Add(outcome.SequenceGap);
        _implausible.Add(outcome.ImplausibleReplays);
    }

    /// <summary>Counts what the incidents' timer gathered.</summary>
    public void Gathered(IncidentOutcome outcome)
    {
        _signals.Add(outcome.Signals);
        _open.Record(outcome.Open);
    }

    /// <summary>Counts messages about incidents that were sent.</summary>
    public void SentAboutIncidents(int messages) => _incidentMessages.Add(messages);

    /// <summary>Counts the launches and clusters on which exceptions suppressed a rule.</summary>
    /// <param name="byRule">Their number by rule.</param>
    public void Suppressed(IReadOnlyDictionary<string, int> byRule)
    {
        foreach (var (rule, count) in byRule) _suppressed.Add(count, Tag("rule", rule));
    }

    /// <summary>Counts stored detections that cannot be read.</summary>
    public void Damaged(int count) => _damaged.Add(count);

    private void Sources(BatchOutcome outcome)
    {
        foreach (var (format, health) in outcome.Sources.Formats)
        {
            _events.Add(health.Events, Tag("format", format));
            _invalidParents.Add(health.InvalidParents, Tag("format", format));
            foreach (var (field, count) in health.Missing) _missing.Add(count, Tag("format", format), Tag("field", field));
            foreach (var (step, count) in health.Skew.Where(s => s.Value > 0)) _skew.Add(count, Tag("format", format), Tag("skew", step));
        }
    }

    /// <summary>Counts a batch that failed.</summary>
    /// <param name="outcome"><c>unavailable</c>, <c>bad_request</c>, <c>aborted</c> or <c>failed</c>.</param>
    public void Failed(string outcome) => _batches.Add(1, Tag("outcome", outcome));

    /// <summary>Counts an attempt to process a batch that was retried many times.</summary>
    public void Stuck() => _stuck.Add(1);

    /// <summary>Counts an attempt to load a model from the store.</summary>
    /// <param name="outcome">One of <see cref="ModelLoaded"/>, <see cref="ModelRefused"/>, <see cref="ModelUnreachable"/>.</param>
    public void ModelLoad(string outcome) => _models.Add(1, Tag("outcome", outcome));

    /// <summary>Counts an attempt to load changed rule files.</summary>
    /// <param name="outcome">The outcome, as for <see cref="ModelLoad"/>.</param>
    public void RulesLoad(string outcome) => _rules.Add(1, Tag("outcome", outcome));

    /// <summary>Counts an attempt to load changed exceptions.</summary>
    /// <param name="outcome">As for <see cref="ModelLoad"/>.</param>
    public void ExceptionsLoad(string outcome) => _exceptions.Add(1, Tag("outcome", outcome));

    /// <summary>Reports the number of enabled exceptions that have expired, whenever metrics are collected.</summary>
    public void ObserveExpiredExceptions(Func<int> count) =>
        _meter.CreateObservableGauge(
            "changeling.exceptions.expired", count, "{exception}", "Enabled exceptions that have expired: renew or remove them.");

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
