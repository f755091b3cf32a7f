namespace Changeling.Hubs;

/// <summary>Messages that are sent together, and which of them the hub has accepted.</summary>
internal sealed class SendRound
{
    private const int MaxMessages = 5_000;
    private const int MaxBytes = 8 * 1024 * 1024;

    private readonly List<OutgoingMessage> _messages = [];
    private readonly HashSet<int> _taken = [];
    private readonly Lock _lock = new();
    private int _bytes;

    public bool IsFull => _messages.Count >= MaxMessages || _bytes >= MaxBytes;

    public int Taken
    {
        get
        {
            lock (_lock) return _taken.Count;
        }
    }

    /// <summary>Number of messages, from the first one, that were all accepted.</summary>
    public int TakenInARow
    {
        get
        {
            lock (_lock) return Enumerable.Range(0, _messages.Count).FirstOrDefault(number => !_taken.Contains(number), _messages.Count);
        }
    }

    public OutgoingMessage this[int number] => _messages[number];

    public IEnumerable<KeyedMessage> Numbered => _messages.Select((message, number) => message.Numbered(number));

    /// <summary>Divides a sequence into rounds while it is read; the last round may be shorter.</summary>
    public static IEnumerable<SendRound> Of(IEnumerable<OutgoingMessage> messages)
    {
        var round = new SendRound();
        foreach (var message in messages)
        {
            round._messages.Add(message);
            round._bytes += message.Body.Length;
            if (!round.IsFull) continue;
            yield return round;
            round = new SendRound();
        }

        if (round._messages.Count > 0) yield return round;
    }

    public void Take(IReadOnlyList<int> numbers)
    {
        lock (_lock) _taken.UnionWith(numbers);
    }
}
