using Changeling.Events;

namespace Changeling.Simulation.Habits;

/// <summary>A process start and what it starts in turn: the one shape of habits and attacks.</summary>
/// <param name="Program">Key of the program in the catalogue: its file name in lower case, or a word for those with changing names.</param>
/// <param name="CommandLines">One of these is taken; they hold placeholders (<see cref="Words.Template"/>). None: the quoted path.</param>
internal sealed record Scene(string Program, params string[] CommandLines)
{
    public Scene[] Then { get; init; } = [];

    /// <summary>The probability that it happens when its parent scene does.</summary>
    public double Odds { get; init; } = 1;

    /// <summary>Maximum number of times; it happens at least once.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Share among the choices of a habit.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Usual seconds after the parent's start, or after the sibling before.</summary>
    public double After { get; init; } = 0.4;

    /// <summary>The account, by the host's word for it; otherwise the parent's.</summary>
    public string? As { get; init; }

    /// <summary>Where it is not the account's own.</summary>
    public IntegrityLevel? Integrity { get; init; }

    /// <summary>The word under which later scenes find it as their parent, because it keeps running.</summary>
    public string? Stays { get; init; }

    /// <summary>The ATT&amp;CK id; set only in attacks.</summary>
    public string? Technique { get; init; }
}
