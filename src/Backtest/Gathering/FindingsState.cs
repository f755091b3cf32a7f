using Changeling.Backtest.Reports;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Backtest.Gathering;

/// <summary>The findings so far. Steps of attacks are stored by their identity.</summary>
internal sealed record FindingsState(
    IReadOnlyList<DayState> Days,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Uids,
    IReadOnlyList<AlertState> Alerts,
    IReadOnlyList<CandidateState> Candidates,
    IReadOnlyList<SummedState> Summed,
    IReadOnlyList<PairState> Pairs,
    IReadOnlyList<ExcerptState> Excerpts,
    int Notes,
    long Records,
    long Launches);

/// <summary>One day's numbers.</summary>
internal sealed record DayState(
    DateOnly Date, int Launches, int NewLineages, int Alerts, int Notes, int FalseAlerts, IReadOnlyDictionary<string, int> Rules);

/// <summary>An <see cref="Alert"/>.</summary>
internal sealed record AlertState(DetectionReport Report, string? Step, ProcessEvent? Launch, DateTimeOffset Clock);

/// <summary>A <see cref="Candidate"/>.</summary>
internal sealed record CandidateState(double ModelThreshold, double RarityThreshold, string? Step, DateTimeOffset Clock);

/// <summary>The steps behind one sum of a window that is not evaluated yet.</summary>
internal sealed record SummedState(SumKey Sum, IReadOnlyList<string> Steps);

/// <summary>An excerpt of a finding, UTF-8 JSON, by the finding's id.</summary>
internal sealed record ExcerptState(string Uid, byte[] Content);

/// <summary>The launches of one lineage.</summary>
internal sealed record PairState(string Parent, string Child, long Launches);
