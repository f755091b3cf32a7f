namespace Changeling.HubStandIn.Links;

/// <summary>The links through which clients send to a hub.</summary>
internal sealed class OpenPublishers
{
    private readonly Lock _gate = new();
    private readonly List<PublisherLink> _links = [];

    /// <summary>Registers a sender.</summary>
    /// <param name="link">The new link.</param>
    /// <param name="attach">Answers the client. Called before another thread can close the link.</param>
    public void Enter(PublisherLink link, Action attach)
    {
        lock (_gate)
        {
            _links.Add(link);
            attach();
        }
    }

    public void Leave(PublisherLink link)
    {
        lock (_gate) _links.Remove(link);
    }

    /// <returns>The number of links that were closed.</returns>
    public int CloseAll()
    {
        PublisherLink[] links;
        lock (_gate) links = [.. _links];
        foreach (var link in links) link.Close(LinkErrors.ClosedOnRequest());
        return links.Length;
    }
}
