using Changeling.Benchmarking.Measuring;

namespace Changeling.Benchmarking.Stages;

/// <summary>A part of the work that is measured. Its repetitions alternate with those of the other stages.</summary>
internal abstract class Stage(string name)
{
    /// <summary>One of <see cref="BenchOptions.Names"/>.</summary>
    public string Name => name;

    /// <summary>Whether its time is the processor time of one thread; else it is elapsed time.</summary>
    public virtual bool IsThreadTime => ThreadClock.IsOfThread;

    /// <summary>Repetitions before those that count.</summary>
    /// <param name="usual">Enough for code in this process to be optimised.</param>
    public virtual int WarmUps(int usual) => usual;

    /// <summary>Does the work once.</summary>
    public abstract Task<IReadOnlyList<Repetition>> RunAsync(CancellationToken cancellationToken);

    /// <summary>The result of the repetitions.</summary>
    /// <param name="repetitions">What each call of <see cref="RunAsync"/> gave.</param>
    public virtual StageResult ResultOf(IReadOnlyList<IReadOnlyList<Repetition>> repetitions) =>
        StageResult.Of(Name, IsThreadTime, [.. repetitions.Select(r => r[0])]);
}

/// <summary>A stage that stays on one thread.</summary>
/// <param name="name">Its name.</param>
/// <param name="work">Does the work, and returns the number of events.</param>
internal sealed class ThreadStage(string name, Func<long> work) : Stage(name)
{
    public override Task<IReadOnlyList<Repetition>> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Repetition>>([Repetition.OnThread(work)]);
    }
}
