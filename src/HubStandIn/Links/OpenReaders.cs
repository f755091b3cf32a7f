using Amqp;
using Changeling.HubStandIn.Storing;

namespace Changeling.HubStandIn.Links;

/// <summary>
/// The links that read a hub, and the rules of owner levels: a reader with a level is the only one of its partition and consumer group.
/// A new reader with an equal or higher level takes over; one with a lower level or none is refused.
/// </summary>
internal sealed class OpenReaders
{
    /// <summary>Readers without an owner level, in each consumer group of a partition.</summary>
    private const int MaxReaders = 5;

    private readonly Lock _gate = new();
    private readonly List<ReaderLink> _links = [];
    private readonly RisingNumber _changes = new(0);

    /// <summary>Registers a reader.</summary>
    /// <param name="link">The new link.</param>
    /// <param name="attach">Answers the client. Called before another reader can take over.</param>
    /// <exception cref="AmqpException">The owner level of another reader, or the number of readers, forbids it.</exception>
    public void Enter(ReaderLink link, Action attach)
    {
        lock (_gate)
        {
            var others = Others(link.Reader);
            Check(link.Reader, others);
            if (link.Reader.OwnerLevel is { } level)
            {
                foreach (var other in others) other.Close(LinkErrors.Stolen(level));
            }

            _links.Add(link);
            attach();
        }

        _changes.RaiseBy(1);
    }

    public void Leave(ReaderLink link)
    {
        lock (_gate) _links.Remove(link);
        _changes.RaiseBy(1);
    }

    /// <summary>Completes when the readers meet a condition.</summary>
    public async Task WaitForAsync(Func<IReadOnlyList<HubReader>, bool> condition, CancellationToken cancellationToken)
    {
        for (var seen = _changes.Value; !condition(Snapshot()); seen++) await _changes.WaitForAsync(seen + 1, cancellationToken);
    }

    public IReadOnlyList<HubReader> Snapshot()
    {
        lock (_gate) return [.. _links.Select(link => link.Reader)];
    }

    /// <returns>The number of links that were closed.</returns>
    public int Close(Func<HubReader, bool> which)
    {
        ReaderLink[] links;
        lock (_gate) links = [.. _links.Where(link => which(link.Reader))];
        foreach (var link in links) link.Close(LinkErrors.ClosedOnRequest());
        return links.Length;
    }

    private static void Check(HubReader reader, ReaderLink[] others)
    {
        var owned = others.Max(other => other.Reader.OwnerLevel);
        if (reader.OwnerLevel is { } level && level < owned) throw LinkErrors.LowerOwnerLevel(owned.Value, level);
        if (reader.OwnerLevel is null && owned is not null) throw LinkErrors.NoOwnerLevel(owned.Value);
        if (reader.OwnerLevel is null && others.Length >= MaxReaders) throw LinkErrors.TooManyReaders(MaxReaders);
    }

    private ReaderLink[] Others(HubReader reader) =>
    [
        .. _links.Where(link =>
            link.Reader.Partition == reader.Partition
                && link.Reader.ConsumerGroup.Equals(reader.ConsumerGroup, StringComparison.OrdinalIgnoreCase)),
    ];
}
