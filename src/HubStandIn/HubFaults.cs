namespace Changeling.HubStandIn;

/// <summary>Faults of a server on request, for tests. All members may be called from any thread.</summary>
public sealed class HubFaults
{
    private readonly HubServer _server;
    private readonly TimeProvider _time;
    private int _toThrottle;
    private int _toLose;
    private long _throttled;
    private long _lost;

    internal HubFaults(HubServer server, TimeProvider time)
    {
        _server = server;
        _time = time;
    }

    /// <summary>
    /// Called for each message sent, unless <see cref="ThrottleNext"/> or <see cref="LoseNextAnswers"/> applies to it; from any thread.
    /// Null means no fault.
    /// </summary>
    public Func<SendAttempt, SendFault>? OnSend { get; set; }

    /// <summary>How long a client waits for the answer to a message that is stored. Later messages are stored in the meantime.</summary>
    /// <value>Zero by default.</value>
    public TimeSpan AnswerDelay { get; set; }

    /// <summary>Number of messages refused with <c>server-busy</c> so far.</summary>
    public long Throttled => Interlocked.Read(ref _throttled);

    /// <summary>Number of messages stored without an answer so far.</summary>
    public long AnswersLost => Interlocked.Read(ref _lost);

    /// <summary>Refuses the given number of next messages, from any client, with <c>com.microsoft:server-busy</c>.</summary>
    public void ThrottleNext(int messages) => Interlocked.Add(ref _toThrottle, messages);

    /// <summary>Stores the given number of next messages and closes their links without an answer.</summary>
    public void LoseNextAnswers(int messages) => Interlocked.Add(ref _toLose, messages);

    /// <summary>Closes the links that send to a hub; clients attach again.</summary>
    /// <param name="hub">The hub's name; null means all hubs.</param>
    /// <returns>The number of links closed.</returns>
    public int CloseSenders(string? hub = null) => Hubs(hub).Sum(each => each.PublisherLinks.CloseAll());

    /// <summary>Closes the links that read a hub; clients attach again and continue from their position.</summary>
    /// <param name="hub">The hub's name; null means all hubs.</param>
    /// <param name="partition">The partition's id; null means all.</param>
    /// <returns>The number of links closed.</returns>
    public int CloseReaders(string? hub = null, int? partition = null) =>
        Hubs(hub).Sum(each => each.ReaderLinks.Close(reader => partition is null || reader.Partition == partition));

    /// <summary>Closes all sockets without an AMQP close frame.</summary>
    /// <returns>The number of connections closed.</returns>
    public int CutConnections() => _server.CutConnections();

    internal SendFault Next(SendAttempt attempt)
    {
        var fault = TakeOne(ref _toThrottle) ? SendFault.Throttle : TakeOne(ref _toLose) ? SendFault.LoseAnswer : OnSend?.Invoke(attempt)
            ?? SendFault.None;
        if (fault == SendFault.Throttle) Interlocked.Increment(ref _throttled);
        if (fault == SendFault.LoseAnswer) Interlocked.Increment(ref _lost);
        return fault;
    }

    internal Task DelayAnswerAsync(TimeSpan delay) => Task.Delay(delay, _time);

    private static bool TakeOne(ref int left)
    {
        for (var seen = Volatile.Read(ref left); seen > 0; seen = Volatile.Read(ref left))
        {
            if (Interlocked.CompareExchange(ref left, seen - 1, seen) == seen) return true;
        }

        return false;
    }

    private IEnumerable<Hub> Hubs(string? name) => name is null ? _server.Hubs : [_server.Hub(name)];
}
