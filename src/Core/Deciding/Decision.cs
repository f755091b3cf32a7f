using Changeling.Ancestry;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>The decision on one event, and what it adds to the counts. Later steps do not change it.</summary>
internal sealed record Decision
{
    /// <summary>Everything that was known when the rules looked at the event.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Whether the partition was still learning: then findings are notes.</summary>
    public required bool IsLearning { get; init; }

    /// <summary>The rules that fired, in order of id.</summary>
    public required IReadOnlyList<FiredRule> Fired { get; init; }

    /// <summary>Whether the model dislikes the launch, so that it can be a step of an incident without a rule.</summary>
    public bool IsDisliked { get; init; }

    /// <summary>Whether an exception keeps the launch out of incidents.</summary>
    public bool IsKeptOut => Ruling.Suppressed.ContainsKey(ExceptionItem.Incidents);

    /// <summary>Whether the launch may become a signal of an incident.</summary>
    public bool MayBeSignal => (Fired.Count > 0 || IsDisliked) && !IsKeptOut;

    /// <summary>Whether the launch changes no row besides its own: on most events.</summary>
    public bool IsPlain => Fired.Count == 0 && !IsDisliked && Malicious is null && ReferenceEquals(Ruling, ExceptionRuling.None);

    /// <summary>The result of the exceptions.</summary>
    public required ExceptionRuling Ruling { get; init; }

    /// <summary>The parent's most frequent children before the event; filled where a rule fired.</summary>
    public IReadOnlyList<CountRow> UsualChildren { get; init; } = [];

    /// <summary>The processes above the launch, its parent first; filled for a launch that may be a signal.</summary>
    public IReadOnlyList<Ancestor> Ancestors { get; init; } = [];

    /// <summary>The parent's history to count in; <see langword="null"/> for an event that is not counted.</summary>
    public ParentHistory? History { get; init; }

    /// <summary>Folded name of the child to count.</summary>
    public string Child { get; init; } = "";

    /// <summary>
    /// What the launch adds to the calibration; <see langword="null"/> while the partition learns, and where no history was looked up.
    /// </summary>
    public double? Surprise { get; init; }

    /// <summary>
    /// The rows besides the launch that it changes; <see langword="null"/> for an event that is not classified as malicious.
    /// </summary>
    public MaliciousBefore? Malicious { get; init; }
}
