namespace Changeling.Simulation.Running;

/// <summary>A stretch of time; the end is not part of it.</summary>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To > From ? To - From : TimeSpan.Zero;

    public bool IsEmpty => Length == TimeSpan.Zero;

    public Span Within(Span other) =>
        new(From > other.From ? From : other.From, To < other.To ? To : other.To);

    /// <summary>Some instant in it, in whole milliseconds.</summary>
    public DateTimeOffset Some(Chance chance) => From.AddMilliseconds((long)(chance.Unit() * Length.TotalMilliseconds));
}
