namespace Changeling.Cli.Detections;

/// <summary>What was shown of incidents so far, so that an update can say what is new in it.</summary>
internal sealed class IncidentNews
{
    /// <summary>Maximum number of incidents that are remembered; those that came first are forgotten first.</summary>
    private const int Most = 1_000;

    private readonly Dictionary<string, Shown> _shown = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Takes the next message about an incident.</summary>
    /// <returns>What was shown before; <see langword="null"/> for an incident that was not.</returns>
    public Shown? Take(IncidentView incident)
    {
        var before = _shown.GetValueOrDefault(incident.Id);
        if (before?.Revision >= incident.Revision) return before;
        if (before is null)
        {
            _order.Enqueue(incident.Id);
            if (_order.Count > Most) _shown.Remove(_order.Dequeue());
        }

        var steps = incident.Processes.Where(p => p.IsStep).Select(p => p.Uid).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _shown[incident.Id] = new Shown(incident.Revision, steps);
        return before;
    }

    /// <summary>The last message that was shown of an incident.</summary>
    /// <param name="Revision">Its revision.</param>
    /// <param name="Steps">Ids of its steps.</param>
    internal sealed record Shown(int Revision, IReadOnlySet<string> Steps);
}
