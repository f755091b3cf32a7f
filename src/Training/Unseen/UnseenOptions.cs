using Changeling.Scoring;

namespace Changeling.Training.Unseen;

/// <summary>The options of an evaluation on unseen launches.</summary>
public sealed record UnseenOptions
{
    /// <summary>The trainer's settings.</summary>
    public ModelSettings Settings { get; init; } = ModelSettings.Default;

    /// <summary>Seed of all random draws.</summary>
    /// <value>Default 7, as in a training.</value>
    public int Seed { get; init; } = 7;

    /// <summary>Whether rows of our own are added to the corpus, as in a training.</summary>
    public bool OwnRows { get; init; } = true;

    /// <summary>How many of the worst errors of each set to quote.</summary>
    /// <value>0 or more; default 0.</value>
    public int Worst { get; init; }
}
