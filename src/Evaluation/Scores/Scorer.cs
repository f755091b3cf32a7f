using Changeling.Events;
using Changeling.Features;
using Changeling.Rarity;

namespace Changeling.Evaluation.Scores;

/// <summary>
/// Scores files record by record. Rarity comes from the prior and the earlier launches in the same input; there is no window and no decay,
/// since recordings have no partition clock.
/// </summary>
public sealed class Scorer(IModel model, Prior prior)
{
    private const int MaxReasons = 3;
    private const int MostExplained = 10;

    private readonly MessageReader _reader = new(new MessageLimits());
    private readonly SeenLaunches _seen = new(prior);

    /// <summary>Returns one score for each record of a message, in order.</summary>
    /// <param name="file">The file, as named by the user.</param>
    /// <param name="line">The line at which the message starts, or its number in a file without lines.</param>
    /// <param name="message">The message.</param>
    public IEnumerable<Score> Score(string file, int line, ReadOnlyMemory<byte> message)
    {
        var outcomes = _reader.Read(message);
        for (var record = 0; record < outcomes.Count; record++) yield return Score(outcomes[record], file, line, record);
    }

    /// <summary>The line for a part of a file that cannot be read.</summary>
    public static Score Unreadable(string file, int line, string damage) => NotRead(file, line, 0, $"unreadable: {damage}");

    private Score Score(RecordOutcome outcome, string file, int line, int record) => outcome switch
    {
        RecordOutcome.Read { Event: var e } => Score(e, file, line, record),
        RecordOutcome.Skipped s => NotRead(file, line, record, $"skipped: {s.Kind}"),
        RecordOutcome.Unreadable u => NotRead(file, line, record, $"{u.Reason}: {u.Detail}"),
        _ => throw new NotSupportedException(outcome.GetType().Name),
    };

    private Score Score(ProcessEvent e, string file, int line, int record)
    {
        var prediction = model.Predict(e);
        var rarity = _seen.Rate(e);
        _seen.Count(e);
        return new Score(
            file, line, record, prediction.Probability, prediction.IsMalicious, rarity?.Score, e.Parent?.Name, e.Child.Name,
                rarity?.Lineage.ToString(), Error: null)
        {
            Time = e.Time,
            Host = e.Host.Name,
            User = e.User is { Name: { } name, Domain: { } domain } ? $@"{domain}\{name}" : e.User?.Name ?? e.User?.Sid,
            CommandLine = e.Child.CommandLine,
            Reasons = prediction.IsMalicious ? [.. Reasons(e)] : [],
        };
    }

    private IEnumerable<string> Reasons(ProcessEvent e) => model.Explain(e, MostExplained, isExact: false)
        .Where(r => r.Weight > 0).Select(r => r.Description).OfType<string>().Take(MaxReasons);

    private static Score NotRead(string file, int line, int record, string error) =>
        new(file, line, record, null, null, null, null, null, null, error);
}
