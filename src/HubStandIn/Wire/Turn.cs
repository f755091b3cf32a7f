using System.Diagnostics.CodeAnalysis;

namespace Changeling.HubStandIn.Wire;

/// <summary>Held by one at a time; the others wait without a thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing to dispose.")]
internal sealed class Turn
{
    private readonly SemaphoreSlim _free = new(1, 1);

    public Task TakeAsync(CancellationToken cancellationToken = default) => _free.WaitAsync(cancellationToken);

    public void End() => _free.Release();
}
