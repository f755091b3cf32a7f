using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Cli.Backtest;

/// <summary>Gathers what the pipeline decided: by day, the alerts, and whatever lower thresholds would have made one.</summary>
internal sealed class Findings(Truth? truth)
{
    private readonly SortedDictionary<DateOnly, Day> _days = [];
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uids = new(StringComparer.Ordinal);
    private readonly List<Alert> _alerts = [];
    private readonly Dictionary<string, (ProcessEvent Launch, DateTimeOffset Clock)> _launches = new(StringComparer.Ordinal);
    private readonly List<Candidate> _candidates = [];

    public IReadOnlyList<Alert> Alerts => _alerts;

    public IReadOnlyList<Candidate> Candidates => _candidates;

    public int Notes { get; private set; }

    public int Hosts => _hosts.Count;

    public long Records { get; private set; }

    public long Launches { get; private set; }

    public IReadOnlyList<DayReport> Days => [.. _days.Select(d => d.Value.Report(d.Key))];

    public void Add(BatchOutcome outcome)
    {
        Records += outcome.Records;
        Launches += outcome.Scored;
        foreach (var judged in outcome.Judged) Add(judged);
        foreach (var detection in outcome.Detections) AddDetection(detection);
        _launches.Clear();
    }

    private void Add(JudgedEvent judged)
    {
        var (e, prediction, rarity) = judged.Evidence;
        _hosts.Add(e.Host.Name);
        foreach (var id in judged.Detected.Values) _launches[id.ToString()] = (e, judged.Clock);
        if (rarity is null) return;

        var day = DayOf(judged.Clock);
        day.Launches++;
        if (rarity.ChildCount == 0) day.NewLineages++;
        if (!judged.IsLearning && prediction.Probability >= Candidate.LeastProbability && rarity.Score >= Candidate.LeastRarity)
            _candidates.Add(new Candidate(prediction.Probability, rarity.Score, truth?.Find(e.SourceIdentity), judged.Clock));
    }

    /// <summary>The same finding comes twice where a source repeats itself; consumers see one id.</summary>
    private void AddDetection(ReadOnlyMemory<byte> finding)
    {
        using var document = JsonDocument.Parse(finding);
        var root = document.RootElement;
        var metadata = root.GetProperty("metadata");
        var uid = metadata.GetProperty("uid").GetString()!;
        if (!_uids.Add(uid)) return;

        var rule = root.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString()!;
        var day = DayOf(DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("time").GetInt64()));
        day.Rules[rule] = day.Rules.GetValueOrDefault(rule) + 1;
        if (!root.GetProperty("is_alert").GetBoolean())
        {
            day.Notes++;
            Notes++;
            return;
        }

        day.Alerts++;
        var identity = metadata.TryGetProperty("original_event_uid", out var original) ? original.GetString() : null;
        var step = truth?.Find(identity);
        var (launch, clock) = _launches[uid];
        _alerts.Add(new Alert(Report(root, uid, rule, step), step, launch, clock));
    }

    private static DetectionReport Report(JsonElement root, string uid, string rule, TruthStep? step)
    {
        var data = root.GetProperty("evidences")[0].GetProperty("data");
        var rarity = data.TryGetProperty("rarity", out var known) ? known : (JsonElement?)null;
        return new DetectionReport(
            uid,
            rule,
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("start_time").GetInt64()),
            root.GetProperty("device").GetProperty("hostname").GetString()!,
            rarity is { } r ? $"{r.GetProperty("parent").GetString()} > {r.GetProperty("child").GetString()}" : "",
            data.GetProperty("prediction").GetProperty("probability").GetDouble(),
            rarity?.GetProperty("score").GetDouble(),
            step?.Chain);
    }

    private Day DayOf(DateTimeOffset clock)
    {
        var date = DateOnly.FromDateTime(clock.UtcDateTime);
        return _days.TryGetValue(date, out var day) ? day : _days[date] = new Day();
    }

    private sealed class Day
    {
        public int Launches { get; set; }

        public int NewLineages { get; set; }

        public int Alerts { get; set; }

        public int Notes { get; set; }

        public SortedDictionary<string, int> Rules { get; } = new(StringComparer.Ordinal);

        public DayReport Report(DateOnly date) => new(
            date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Launches,
            NewLineages,
            Launches == 0 ? 0 : Math.Round((double)NewLineages / Launches, 5),
            Alerts,
            Notes,
            Rules);
    }
}
