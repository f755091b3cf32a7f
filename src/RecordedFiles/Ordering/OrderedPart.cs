namespace Changeling.RecordedFiles.Ordering;

/// <summary>
/// The messages of a file that are not older than any before them. In a file that is in order, these are all. They are read from the file
/// itself.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="places">The places of its messages.</param>
/// <param name="from">Index of the first place.</param>
internal sealed class OrderedPart(RecordedFile file, PlaceFile places, long from)
{
    private PlacedMessage _last;

    /// <summary>Number of its messages.</summary>
    public long Count { get; private set; }

    /// <summary>The time of the first one, in ticks.</summary>
    public long First { get; private set; }

    /// <summary>The time of the last one, in ticks.</summary>
    public long Last => _last.Place.Ticks;

    /// <summary>Number of messages of the file up to the last one that is in order.</summary>
    private long Length { get; set; }

    /// <summary>Takes the next message of the file if it is in order.</summary>
    public bool TryAdd(PlacedMessage message)
    {
        if (Count > 0 && PlacedMessage.Order.Compare(message, _last) < 0) return false;
        if (Count++ == 0) First = message.Place.Ticks;
        _last = message;
        Length = places.Count - from + 1;
        return true;
    }

    /// <summary>Reads the messages again.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or has changed; the message names it.</exception>
    public IEnumerable<PlacedMessage> Read()
    {
        using var recording = Recording.Open(file);
        using var messages = recording.Messages().GetEnumerator();
        foreach (var (place, isInOrder) in places.Read(from, Length))
        {
            if (!messages.MoveNext())
                throw new InvalidDataException(
                    $"{file.Name} became shorter while it was read; run the command again when it stays as it is.");
            if (isInOrder) yield return new PlacedMessage(place, messages.Current.Body);
        }
    }
}
