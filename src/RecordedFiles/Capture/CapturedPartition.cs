namespace Changeling.RecordedFiles.Capture;

/// <summary>The files of one event partition.</summary>
/// <param name="files">In order; at least one.</param>
/// <param name="progress">Receives the number of bytes that were read since the last report, if given.</param>
internal sealed class CapturedPartition(IReadOnlyList<RecordedFile> files, IProgress<long>? progress)
{
    /// <summary>The event partition's id.</summary>
    public string Id => CapturePath.Partition(files[0].Name);

    /// <summary>The name of a file of it.</summary>
    public string Name => files[0].Name;

    /// <summary>Checks that its first file is of Event Hubs Capture.</summary>
    /// <exception cref="InvalidDataException">It is another file; the message names it.</exception>
    public void RequireCapture()
    {
        using var first = Open(files[0]);
    }

    /// <summary>The messages in order. An unreadable part takes the place behind the message before it.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public IEnumerable<(RecordedFile File, RecordedMessage Message)> Messages()
    {
        CapturedPlace? last = null;
        var early = new Queue<(RecordedFile File, RecordedMessage Message)>();
        foreach (var (file, message) in Read())
        {
            if (message.Captured is null && last is null)
            {
                early.Enqueue((file, message));
                continue;
            }

            var place = message.Captured ?? Behind(last!);
            while (early.TryDequeue(out var first))
            {
                var before = place with { SequenceNumber = place.SequenceNumber - early.Count - 1 };
                yield return (first.File, first.Message with { Captured = before });
            }

            last = place;
            yield return (file, message with { Captured = place });
        }

        last ??= new CapturedPlace(Id, -1, DateTimeOffset.UnixEpoch);
        while (early.TryDequeue(out var only))
            yield return (only.File, only.Message with { Captured = last = Behind(last) });
    }

    /// <summary>The enqueued time of the last message, UTC; <see langword="null"/> if there is none.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public DateTimeOffset? LastTime()
    {
        foreach (var file in files.Reverse())
        {
            using var recording = Open(file);
            if (recording.Messages().Max(message => message.Captured?.EnqueuedTime) is { } last) return last;
        }

        return null;
    }

    private static Recording Open(RecordedFile file)
    {
        var recording = Recording.Open(file);
        if (recording.IsCapture) return recording;
        recording.Dispose();
        throw new InvalidDataException(
            $"{file.Name} is not a file of Event Hubs Capture, as the files before it are; pass the two kinds in two runs.");
    }

    private static CapturedPlace Behind(CapturedPlace place) => place with { SequenceNumber = place.SequenceNumber + 1 };

    private IEnumerable<(RecordedFile File, RecordedMessage Message)> Read()
    {
        foreach (var file in files)
        {
            using var recording = Open(file);
            var before = 0L;
            foreach (var message in recording.Messages())
            {
                progress?.Report(recording.Position - before);
                before = recording.Position;
                yield return (file, message);
            }

            progress?.Report(recording.Length - before);
        }
    }
}
