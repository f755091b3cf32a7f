namespace Changeling.RecordedFiles.Ordering;

/// <summary>
/// The messages of files in order of time, whatever their order in the files and between them. The first reading finds their places, and
/// copies those that are older than one before them to sorted runs in temporary files. The second reading merges the files with the runs.
/// A file that is in order is only read twice.
/// </summary>
public sealed class MessageOrder : IDisposable
{
    private readonly OrderLimits _limits;
    private readonly PlaceFile _places = new();
    private readonly SortedRuns _runs;
    private readonly List<OrderedPart> _parts = [];

    private MessageOrder(OrderLimits limits) => (_limits, _runs) = (limits, new(limits.Memory, limits.MaxRuns));

    /// <summary>Number of files.</summary>
    public int Files { get; private set; }

    /// <summary>Number of files with messages that are older than one before them.</summary>
    public int UnorderedFiles { get; private set; }

    /// <summary>Number of messages with a place.</summary>
    public long Messages { get; private set; }

    /// <summary>Number of those that are older than one before them in the same file.</summary>
    public long Moved { get; private set; }

    /// <summary>Reads files to find the order of their messages.</summary>
    /// <param name="files">The files; they are read again later.</param>
    /// <param name="read">What a message says. Called by many threads at the same time.</param>
    /// <param name="placeOf">
    /// The place of a message that says this; <see langword="null"/> to leave it out. Called in the order of the messages.
    /// </param>
    /// <param name="limits">What it may use.</param>
    /// <param name="progress">Receives the share of the bytes that were read, 0–1.</param>
    /// <param name="cancellationToken">Stops it; temporary files are deleted.</param>
    /// <exception cref="InvalidDataException">
    /// A file cannot be read or is of Event Hubs Capture, or the folder for temporary files cannot be used; the message names it.
    /// </exception>
    public static MessageOrder Of<T>(
        IReadOnlyList<RecordedFile> files,
        Func<RecordedMessage, T> read,
        Func<RecordedMessage, T, MessagePlace?> placeOf,
        OrderLimits limits,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        MessageOrder? order = null;
        try
        {
            order = new MessageOrder(limits);
            var reading = ReadShare.Of(files, progress);
            foreach (var file in files) order.Add(file, read, placeOf, reading, cancellationToken);
            order.LimitOpenFiles(cancellationToken);
            return order;
        }
        catch (Exception exception)
        {
            order?.Dispose();
            if (exception is not IOException || exception is FileNotFoundException) throw;
            throw new InvalidDataException(
                $"the folder for temporary files, {Path.GetTempPath()}, cannot be used: {exception.Message.TrimEnd('.')}; make room in it, or set {TemporaryFile.Setting} to another folder.",
                exception);
        }
    }

    /// <summary>The messages in order. Called once.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read, or has changed; the message names it.</exception>
    public IEnumerable<PlacedMessage> Read() => WorkAhead.Buffered(Merged(), message => message.Body.Length);

    /// <summary>Deletes the temporary files.</summary>
    public void Dispose()
    {
        _places.Dispose();
        _runs.Dispose();
    }

    private IEnumerable<PlacedMessage> Merged() => MessageSource.Merge(
        [.. _parts.Where(part => part.Count > 0).Select(part => new MessageSource(part.First, part.Read)), .. _runs.Sources()]);

    private void Add<T>(
        RecordedFile file,
        Func<RecordedMessage, T> read,
        Func<RecordedMessage, T, MessagePlace?> placeOf,
        ReadShare? reading,
        CancellationToken cancellationToken)
    {
        var (part, moved) = (new OrderedPart(file, _places, _places.Count), Moved);
        using var recording = Recording.Open(file);
        if (recording.IsCapture)
        {
            throw new InvalidDataException(
                $"{file.Name} is of Event Hubs Capture, unlike the files before it; pass the two kinds in two runs.");
        }

        var before = 0L;
        foreach (var (message, found) in WorkAhead.Select(recording.Messages(), message => message.Body.Length, read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            reading?.Report(recording.Position - before);
            before = recording.Position;
            if (placeOf(message, found) is not { } place)
            {
                _places.Add(default, isInOrder: false);
                continue;
            }

            Messages++;
            var placed = new PlacedMessage(place, message.Body);
            var isInOrder = part.TryAdd(placed);
            _places.Add(place, isInOrder);
            if (isInOrder) continue;
            Moved++;
            _runs.Add(placed);
        }

        Files++;
        if (Moved > moved) UnorderedFiles++;
        _parts.Add(part);
        reading?.Report(recording.Length - before);
    }

    /// <summary>If too many files cover the same time, the smaller ones are copied to the sorted runs.</summary>
    private void LimitOpenFiles(CancellationToken cancellationToken)
    {
        var open = new List<OrderedPart>();
        foreach (var part in _parts.Where(part => part.Count > 0).OrderBy(part => part.First).ToList())
        {
            open.RemoveAll(earlier => earlier.Last < part.First);
            open.Add(part);
            if (open.Count <= _limits.MaxOpenFiles) continue;
            var smallest = open.MinBy(p => p.Count)!;
            foreach (var message in smallest.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                _runs.Add(message);
            }

            open.Remove(smallest);
            _parts.Remove(smallest);
        }
    }
}
