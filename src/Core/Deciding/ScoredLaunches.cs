using System.Runtime.CompilerServices;
using Changeling.Catalogues;
using Changeling.Events;
using Changeling.Features;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>
/// Scores launches with one model, and remembers recent ones: machines start the same programs with the same command lines again and again.
/// What is remembered is a function of <see cref="LaunchFields"/> alone, so the result is the same with and without memory.
/// </summary>
internal sealed class ScoredLaunches
{
    /// <summary>Maximum number of launches of a generation, of which there are two.</summary>
    private const int MaxLaunches = 8192;

    /// <summary>Maximum number of characters in a generation: 8 MB. Longer launches push out more of the others.</summary>
    private const long MaxCharacters = 4 * 1024 * 1024;

    /// <summary>In place of the event, whose host, user and other texts have no bound and are not asked for again.</summary>
    private static readonly ProcessEvent NoEvent = new()
    {
        Time = default,
        Host = new(""),
        Child = new() { Name = "" },
        Format = "",
    };

    private static readonly ConditionalWeakTable<IModel, ScoredLaunches> All = [];

    private readonly IModel _model;
    private readonly RecentValues<LaunchKey, Scored> _recent = new(MaxLaunches, MaxCharacters);
    private readonly RecentParents _parents = new();

    private ScoredLaunches(IModel model) => _model = model;

    /// <summary>What was scored with a model; forgotten with the model.</summary>
    public static ScoredLaunches With(IModel model) => All.GetValue(model, m => new(m));

    /// <summary>The evidence that depends on the event alone.</summary>
    public Evidence Evidence(ProcessEvent e) => ScoredOf(e).Evidence with { Event = e };

    /// <summary>The strongest reasons of an event's prediction (<see cref="IModel.Explain"/>).</summary>
    public IReadOnlyList<PredictionReason> Explain(ProcessEvent e, int most, bool isExact)
    {
        var scored = ScoredOf(e);
        ref var reasons = ref isExact ? ref scored.ExactReasons : ref scored.PathReasons;
        if (reasons is not null) return reasons;
        reasons = _model.Explain(e, most, isExact);
        _recent.Grow(reasons.Sum(r => (r.Text?.Length ?? 0) + (r.Description?.Length ?? 0)));
        return reasons;
    }

    /// <summary>What was found in an event's launch (<see cref="ActList"/>).</summary>
    public IReadOnlyList<AttackReference> Acts(ProcessEvent e, AttackNames names)
    {
        var scored = ScoredOf(e);
        if (scored.Acts is { } known && ReferenceEquals(known.Names, names)) return known.Acts;
        var acts = ActList.Of(e, names);
        scored.Acts = new(names, acts);
        return acts;
    }

    private Scored ScoredOf(ProcessEvent e)
    {
        var fields = LaunchFields.Of(e);
        var key = new LaunchKey(fields);
        if (_recent.Find(key, key.Length) is { } scored) return scored;
        var launch = Launch.Of(fields, _parents.Of);
        return _recent.Add(key, new(Rules.Evidence.Of(e, launch, _model.Predict(launch)) with { Event = NoEvent }), key.Length);
    }

    private sealed class Scored(Evidence evidence)
    {
        public IReadOnlyList<PredictionReason>? ExactReasons;

        public IReadOnlyList<PredictionReason>? PathReasons;

        public NamedActs? Acts { get; set; }

        public Evidence Evidence { get; } = evidence;
    }

    /// <summary>The acts under the names of one ATT&amp;CK version.</summary>
    private sealed record NamedActs(AttackNames Names, IReadOnlyList<AttackReference> Acts);
}
