using System.Collections.Concurrent;

namespace Changeling.HostStandIn.Tests.Support;

/// <summary>Notes each attempt that the host makes.</summary>
internal sealed class Attempts
{
    private readonly ConcurrentQueue<Invocation> _all = new();

    public IReadOnlyList<Invocation> All => [.. _all];

    public HostOptions Note(HostOptions options) => options with
    {
        Sending = invocation =>
        {
            _all.Enqueue(invocation);
            return default;
        },
    };
}
