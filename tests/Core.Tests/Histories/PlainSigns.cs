using Changeling.Counts;

namespace Changeling.Core.Tests.Histories;

/// <summary>
/// The plain recount of what rules read besides launches: occurrences with their decay, sums by quarter of an hour, caps by hour.
/// </summary>
internal sealed class PlainSigns
{
    private const string User = @"corp\mara.lind";
    private static readonly UInt128 Step = (UInt128)Math.Round(Math.Pow(2, -1.0 / 30) * 4294967296.0);

    private readonly Dictionary<(OccurrenceKind Kind, string Child, string Name), (
        UInt128 Units, DateTimeOffset First, DateTimeOffset Last)> _seen = [];
    private readonly Dictionary<(int Quarter, ClusterKind Kind, string Entity), (int Launches, List<string> Children)> _sums = [];
    private readonly Dictionary<QuotaKey, (int Hour, int LetThrough, int HeldBack)> _quotas = [];
    private DateTimeOffset _clock = DateTimeOffset.MinValue;

    public int HeldBack { get; private set; }

    /// <summary>The windows that no sweep may touch.</summary>
    public IEnumerable<ClockWindow> Windows =>
        _sums.Keys.Select(k => k.Quarter).Distinct().Where(q => q >= Quarter - (2 * 24 * 4)).Select(q => new ClockWindow(q));

    public IReadOnlyDictionary<QuotaKey, Quota> Quotas => _quotas.ToDictionary(q => q.Key, q => AtLast(q.Value));

    private int Hour => (int)Math.Floor((_clock - DateTimeOffset.UnixEpoch).TotalHours);

    private int Quarter => (int)Math.Floor((_clock - DateTimeOffset.UnixEpoch).TotalMinutes / 15);

    public void AdvanceTo(DateTimeOffset clock)
    {
        var days = _clock == DateTimeOffset.MinValue
            ? 0
            : (int)Math.Floor((clock - DateTimeOffset.UnixEpoch).TotalDays) - (int)Math.Floor(
                (_clock - DateTimeOffset.UnixEpoch).TotalDays);
        _clock = clock;
        for (; days > 0; days--)
        {
            foreach (var (key, (units, first, last)) in _seen) _seen[key] = (units * Step / 4294967296, first, last);
        }
    }

    public bool IsNewOnHost(HubRecord record, int most)
    {
        var hosts = OccurrencesOf(OccurrenceKind.Host, record.Child).Select(s => s.Name).ToList();
        return !hosts.Contains(record.Host) && hosts.Count <= most;
    }

    public bool Takes(string rule, int most, HubRecord record)
    {
        var key = new QuotaKey(rule, record.Parent, record.Child, record.Host);
        var (hour, let, held) = _quotas.GetValueOrDefault(key);
        if (Hour - hour > 168) held = 0;
        if (hour != Hour) let = 0;
        var goes = let < most;
        _quotas[key] = goes ? (Hour, let + 1, 0) : (Hour, let, held + 1);
        if (!goes) HeldBack++;
        return goes;
    }

    public void Count(HubRecord record, DateTimeOffset time, bool isSummed)
    {
        Count((OccurrenceKind.Host, record.Child, record.Host), time);
        Count((OccurrenceKind.User, record.Child, User), time);
        if (!isSummed) return;
        if (record.Parent.Length > 0) Sum(ClusterKind.Parent, record.Parent, record.Child);
        Sum(ClusterKind.Host, record.Host, record.Child);
        Sum(ClusterKind.User, User, record.Child);
    }

    public IReadOnlyList<(
        string Name, long Units, DateTimeOffset First, DateTimeOffset Last)> OccurrencesOf(OccurrenceKind kind, string child) =>
        [.. _seen.Where(s => s.Key.Kind == kind && s.Key.Child == child && s.Value.Units * 20 >= 1048576)
            .Select(s => (s.Key.Name, (long)s.Value.Units, s.Value.First, s.Value.Last))
            .OrderBy(s => s.Name, StringComparer.Ordinal)];

    public IReadOnlyList<MaliciousSum> SumsOf(ClockWindow window) =>
        [.. _sums.Where(s => s.Key.Quarter == window.Number)
            .Select(
                s =>
                    new MaliciousSum(
                        new SumKey(window, s.Key.Kind, s.Key.Entity),
                        s.Value.Launches,
                        s.Value.Launches * (long)Math.Round(0.97 * 1048576),
                        s.Value.Children))
            .OrderBy(s => s.Key.Kind).ThenBy(s => s.Key.Entity, StringComparer.Ordinal)];

    private void Count((OccurrenceKind, string, string) key, DateTimeOffset time) =>
        _seen[key] = _seen.TryGetValue(key, out var row) && row.Units * 20 >= 1048576
            ? (row.Units + 1048576, time < row.First ? time : row.First, time > row.Last ? time : row.Last)
            : (1048576, time, time);

    private void Sum(ClusterKind kind, string entity, string child)
    {
        var (launches, children) = _sums.GetValueOrDefault((Quarter, kind, entity), (0, []));
        if (!children.Contains(child)) children.Add(child);
        _sums[(Quarter, kind, entity)] = (launches + 1, children);
    }

    private Quota AtLast((int Hour, int LetThrough, int HeldBack) quota) => quota switch
    {
        _ when quota.Hour == Hour => new(Hour, quota.LetThrough, quota.HeldBack),
        _ when Hour - quota.Hour <= 168 => new(Hour, 0, quota.HeldBack),
        _ => new(Hour, 0, 0),
    };
}
