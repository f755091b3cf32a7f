using System.Text.Json;
using Changeling.Cli.Detections;
using Changeling.Evaluation.Scores;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;
using Changeling.RecordedFiles;
using Changeling.Scoring;

namespace Changeling.Cli.Explaining;

/// <summary>Finds the event, counts the launches before it, and explains it.</summary>
internal sealed class Explainer(MlModel model, Prior prior)
{
    private readonly MessageReader _reader = new(new MessageLimits());

    /// <exception cref="CliException">There is no such event; the message says which ones exist.</exception>
    public Explanation Explain(EventPlace place, IEnumerable<RecordedMessage> messages, CancellationToken cancellationToken)
    {
        var seen = new SeenLaunches(prior);
        var (events, lastLine) = (0, 0);
        (Found Found, double Probability, RarityRating? Rarity)? likeliest = null;
        foreach (var message in messages)
        {
            var line = message.Number;
            cancellationToken.ThrowIfCancellationRequested();
            if (place.Line is { } wanted && line > wanted) break;
            lastLine = line;
            var outcomes = _reader.Read(message.Body);
            if (line == place.Line) RequireEvent(place, message, outcomes);
            for (var record = 0; record < outcomes.Count; record++)
            {
                if (outcomes[record] is not RecordOutcome.Read { Event: var e }) continue;
                if (IsMeant(place, line, record))
                {
                    var found = new Found(place with { Line = line, Record = record }, e);
                    var prediction = model.Predict(e);
                    var (probability, isMalicious) = (prediction.Probability, prediction.IsMalicious);
                    if (IsNamed(place, outcomes)) return Explain(found, seen.Rate(e), chosen: null);
                    if (isMalicious) return Explain(found, seen.Rate(e), "the first malicious one");
                    if (likeliest is not { } best || probability > best.Probability) likeliest = (found, probability, seen.Rate(e));
                }

                seen.Count(e);
                events++;
            }
        }

        if (likeliest is not { } only) throw new CliException(Missing(place, lastLine));
        return Explain(only.Found, only.Rarity, events == 1 ? null : "the most likely one: the model classifies none as malicious");
    }

    /// <summary>Explains the launch of a finding with this model.</summary>
    /// <param name="id">The finding's id.</param>
    /// <param name="finding">The finding, OCSF or ECS.</param>
    /// <exception cref="CliException">Its launch cannot be read.</exception>
    public Explanation Explain(string id, JsonElement finding)
    {
        var e = FindingLaunch.Of(finding) ?? throw new CliException($"finding {id} has no launch that can be read.");
        return Explain(new Found(new EventPlace($"finding {id}", null, null), e), seen: null, chosen: null) with
        {
            Reported = ReportedScore.Of(finding),
        };
    }

    private Explanation Explain(Found found, RarityRating? seen, string? chosen)
    {
        var explained = model.Explain(found.Event);
        return new()
        {
            Place = found.Place,
            Chosen = chosen,
            Event = found.Event,
            Model = model.Identity,
            Prediction = model.Predict(found.Event),
            Margin = explained.Margin,
            ActMargin = explained.Act,
            WholeMargin = explained.Whole,
            Expectation = explained.Expectation,
            Reasons = explained.Reasons(int.MaxValue),
            Features = EventFeatures.Of(found.Event),
            Rarity = seen,
            RarityByPrior = new SeenLaunches(prior).Rate(found.Event),
        };
    }

    private static bool IsMeant(EventPlace place, int line, int record) =>
        (place.Line is null || place.Line == line) && (place.Record is null || place.Record == record);

    /// <summary>Whether the record within the message is known.</summary>
    private static bool IsNamed(EventPlace place, IReadOnlyList<RecordOutcome> outcomes) =>
        place.Line is not null && (place.Record is not null || outcomes.Count == 1);

    /// <summary>Called when the line exists: the event must exist as well.</summary>
    private static void RequireEvent(EventPlace place, RecordedMessage message, IReadOnlyList<RecordOutcome> outcomes)
    {
        if (message.Damage is { } damage)
        {
            throw new CliException(
                Printable.Of($"{place} cannot be read ({damage}); name a line that 'changeling score' gives a probability."));
        }

        if (place.Record >= outcomes.Count)
            throw new CliException(
                $"the message at {place.File}:{place.Line} has {outcomes.Count:N0} records, 0 to {outcomes.Count - 1}; there is no record {place.Record}.");
        var meant = place.Record is { } record ? [outcomes[record]] : outcomes;
        if (meant.OfType<RecordOutcome.Read>().Any()) return;
        var why = (meant is [var first, ..] ? first : null) switch
        {
            RecordOutcome.Skipped skipped => $"is not a process creation ({skipped.Kind})",
            RecordOutcome.Unreadable unreadable => $"cannot be read ({unreadable.Reason}: {unreadable.Detail})",
            _ => "is empty",
        };
        throw new CliException(Printable.Of($"{place} {why}; name a line that 'changeling score' gives a probability."));
    }

    private static string Missing(EventPlace place, int lastLine) => (place, lastLine) switch
    {
        (_, 0) when place.Line is null => $"{place.File}: no event to explain; name a file with recorded telemetry.",
        ({ Line: null, Record: { } record }, _) =>
            $"{place.File} has no process creation that is record {record} of its message; leave --record out.",
        ({ Line: null }, _) => $"no process creation could be read from {place.File}; 'changeling score' gives the reason for each line.",
        (_, 0) => $"{place.File} has no line {place.Line}: its first message starts later; 'changeling score' names the lines.",
        _ =>
            $"no message of {place.File} starts at line {place.Line}; the one before starts at {lastLine}, and 'changeling score' names the lines.",
    };

    private sealed record Found(EventPlace Place, ProcessEvent Event);
}
