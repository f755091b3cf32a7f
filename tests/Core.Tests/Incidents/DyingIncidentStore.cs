using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Incidents;

/// <summary>Dies before or after any change, stores nothing, or loses the answer, as chance has it.</summary>
internal sealed class DyingIncidentStore(IIncidentStore store, Random random) : PassingIncidentStore(store)
{
    public double Odds { get; set; }

    /// <summary>Sees each step before it is committed.</summary>
    public Action<IncidentStep>? OnCommit { get; set; }

    private bool Falls => random.NextDouble() < Odds;

    public override async Task<string?> CommitAsync(string baseline, IncidentStep change, CancellationToken cancellationToken)
    {
        OnCommit?.Invoke(change);
        if (Falls) throw new KilledException();
        if (Falls) throw new StoreUnavailableException("The test's store does not answer, and has stored nothing.");
        var version = await base.CommitAsync(baseline, change, cancellationToken);
        if (Falls) throw new KilledException();
        return Falls ? null : version;
    }

    public override async Task MarkSentAsync(
        string baseline, IReadOnlyList<IncidentMessage> messages, CancellationToken cancellationToken)
    {
        if (Falls) throw new KilledException();
        await base.MarkSentAsync(baseline, messages, cancellationToken);
        if (Falls) throw new KilledException();
    }
}
