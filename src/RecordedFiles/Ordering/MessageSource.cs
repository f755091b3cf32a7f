namespace Changeling.RecordedFiles.Ordering;

/// <summary>Messages in order that are merged with others.</summary>
/// <param name="First">The time of the first one: it is not opened before.</param>
/// <param name="Open">Begins to read them.</param>
internal sealed record MessageSource(long First, Func<IEnumerable<PlacedMessage>> Open)
{
    /// <summary>Merges sources. One is open only from its first message to its last.</summary>
    public static IEnumerable<PlacedMessage> Merge(IEnumerable<MessageSource> sources)
    {
        var later = new Queue<MessageSource>(sources.OrderBy(source => source.First));
        var open = new PriorityQueue<IEnumerator<PlacedMessage>, PlacedMessage>(PlacedMessage.Order);
        try
        {
            while (open.Count + later.Count > 0)
            {
                while (later.TryPeek(out var source) && !(open.TryPeek(out _, out var least) && least.Place.Ticks < source.First))
                {
                    var messages = later.Dequeue().Open().GetEnumerator();
                    if (messages.MoveNext()) open.Enqueue(messages, messages.Current);
                    else messages.Dispose();
                }

                if (!open.TryPeek(out var first, out var message)) continue;
                yield return message;
                if (first.MoveNext()) open.DequeueEnqueue(first, first.Current);
                else open.Dequeue().Dispose();
            }
        }
        finally
        {
            foreach (var (messages, _) in open.UnorderedItems) messages.Dispose();
        }
    }
}
