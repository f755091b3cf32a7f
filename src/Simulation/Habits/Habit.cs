namespace Changeling.Simulation.Habits;

/// <summary>Something that a machine or its person does again and again.</summary>
/// <param name="Name">Unique; seeds the habit's own stream of chance.</param>
/// <param name="Parent">The running process that starts it, by the word under which that stays.</param>
/// <param name="Rhythm">When it happens.</param>
/// <param name="Scenes">One of these each time, by weight.</param>
internal sealed record Habit(string Name, string Parent, Rhythm Rhythm, params Scene[] Scenes)
{
    /// <summary>Share of the hosts of a role that have the habit at all.</summary>
    public double Share { get; init; } = 1;
}
