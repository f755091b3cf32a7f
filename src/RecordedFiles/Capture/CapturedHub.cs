namespace Changeling.RecordedFiles.Capture;

/// <summary>
/// The files of Event Hubs Capture of one hub, as the app would receive their messages: each event partition in its order, all of them by
/// enqueued time.
/// </summary>
public static class CapturedHub
{
    /// <summary>All messages; each has its place in the hub.</summary>
    /// <param name="files">The files; those of an event partition are in order.</param>
    /// <param name="progress">Receives the share of the bytes that were read, 0–1, if given.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, or is of another hub; the message names it.</exception>
    public static IEnumerable<(RecordedFile File, RecordedMessage Message)> Messages(
        IReadOnlyList<RecordedFile> files, IProgress<double>? progress = null)
    {
        var reading = ReadShare.Of(files, progress);
        var partitions = files.GroupBy(file => CapturePath.Stream(file.Name), StringComparer.Ordinal)
            .Select(group => new CapturedPartition([.. group], reading))
            .ToList();
        var hub = partitions.GroupBy(partition => partition.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        if (hub is not null)
        {
            foreach (var partition in hub) partition.RequireCapture();
            throw new InvalidDataException(
                $"{string.Join(" and ", hub.Take(2).Select(partition => partition.Name))} are both partition {hub.Key}, of two hubs; "
                + "pass the folder of one hub.");
        }

        var next = new PriorityQueue<IEnumerator<(RecordedFile, RecordedMessage Message)>, (DateTimeOffset, int)>();
        try
        {
            foreach (var (index, partition) in partitions.Index()) Add(partition.Messages().GetEnumerator(), index);
            while (next.TryDequeue(out var messages, out var place))
            {
                yield return messages.Current;
                Add(messages, place.Item2);
            }
        }
        finally
        {
            foreach (var (messages, _) in next.UnorderedItems) messages.Dispose();
        }

        void Add(IEnumerator<(RecordedFile, RecordedMessage Message)> messages, int index)
        {
            if (messages.MoveNext()) next.Enqueue(messages, (messages.Current.Message.Captured!.EnqueuedTime, index));
            else messages.Dispose();
        }
    }

    /// <summary>The enqueued time of the last message, UTC. Only the end of each partition is read.</summary>
    /// <param name="files">The files; those of an event partition are in order.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, or there is no message.</exception>
    public static DateTimeOffset LastTime(IReadOnlyList<RecordedFile> files) =>
        files.GroupBy(file => CapturePath.Stream(file.Name), StringComparer.Ordinal)
            .Max(group => new CapturedPartition([.. group], null).LastTime())
            ?? throw new InvalidDataException($"{files[0].Name} and the files with it hold no message; pass files with messages.");
}
