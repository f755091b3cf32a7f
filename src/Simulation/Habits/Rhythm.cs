namespace Changeling.Simulation.Habits;

/// <summary>When a habit happens.</summary>
internal sealed record Rhythm(RhythmKind Kind, double Number = 1)
{
    /// <summary>Once after each boot.</summary>
    public static Rhythm AtBoot { get; } = new(RhythmKind.Boot);

    /// <summary>Once after each logon.</summary>
    public static Rhythm AtLogon { get; } = new(RhythmKind.Logon);

    /// <summary>This often in a working day.</summary>
    public static Rhythm AtWork(double perDay) => new(RhythmKind.Work, perDay);

    /// <summary>This often in 24 hours during which the machine is on.</summary>
    public static Rhythm WhileOn(double perDay) => new(RhythmKind.On, perDay);

    /// <summary>At a fixed interval while the machine is on.</summary>
    public static Rhythm Every(double minutes) => new(RhythmKind.Every, minutes);

    /// <summary>Between one and five in the morning, this often in a night.</summary>
    public static Rhythm AtNight(double perNight) => new(RhythmKind.Night, perNight);
}

/// <summary>The kinds of <see cref="Rhythm"/>.</summary>
internal enum RhythmKind
{
    Boot,
    Logon,
    Work,
    On,
    Every,
    Night,
}
