namespace Changeling.Events;

/// <summary>
/// Completes parents that an event names by id and bare name only, from the parent's own event in the same message. Nothing else is used,
/// so that a message that is delivered again gives the same result (decision 0011).
/// </summary>
internal static class ParentsInMessage
{
    /// <summary>Completes the events in place. A parent's name never changes, so counts do not depend on which parents are found.</summary>
    public static void Complete(List<RecordOutcome> outcomes)
    {
        Dictionary<(string Host, string Guid), ProcessEvent>? known = null;
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] is not RecordOutcome.Read { Event: { Format: SourceFormats.CrowdStrikeFdr, Parent: { Path: null } named } e })
                continue;
            known ??= Known(outcomes);
            if (e.Host.Id is null || named.Guid is null || !known.TryGetValue((e.Host.Id, named.Guid), out var parent)) continue;
            if (parent.Child.Name != named.Name) continue;
            outcomes[i] = new RecordOutcome.Read(e with
            {
                Parent = named with { Path = parent.Child.Path, CommandLine = parent.Child.CommandLine, Pid = parent.Child.Pid },
                Notes = e.Notes | EventNotes.ParentResolved,
            });
        }
    }

    /// <summary>The processes of the message by the sensor's id; of two with one id, the first.</summary>
    private static Dictionary<(string Host, string Guid), ProcessEvent> Known(List<RecordOutcome> outcomes)
    {
        var known = new Dictionary<(string, string), ProcessEvent>();
        foreach (var outcome in outcomes)
        {
            var seen = (outcome as RecordOutcome.Read)?.Event ?? (outcome as RecordOutcome.Skipped)?.Running;
            if (seen is { Format: SourceFormats.CrowdStrikeFdr, Host.Id: { } host, Child.Guid: { } guid }) known.TryAdd((host, guid), seen);
        }

        return known;
    }
}
