namespace Changeling.HubStandIn.Links;

/// <summary>The links through which clients send to a hub.</summary>
internal sealed class OpenPublishers
{
    private readonly Lock _gate = new();
    private readonly List<PublisherLink> _links = [];

    public void Enter(PublisherLink link)
    {
        lock (_gate) _links.Add(link);
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
