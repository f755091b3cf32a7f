namespace Changeling.Incidents;

/// <summary>
/// When an incident is sent: created when the whole is worth it, updated when it grew, closed after quiet, forgotten a day later. All by
/// the clock of incidents.
/// </summary>
internal static class IncidentLife
{
    /// <summary>An incident that grows is sent at most this often.</summary>
    public static readonly TimeSpan BetweenUpdates = TimeSpan.FromMinutes(15);

    /// <summary>An incident without a new step for this long is closed, whatever goes on repeating.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(2);

    /// <summary>A closed incident, or one that is only watched, is forgotten so long after its last step or repetition.</summary>
    public static readonly TimeSpan Remembered = Relation.Longest;

    /// <summary>
    /// Maximum number of incidents that are created in an hour. Those beyond it are watched on, the worst are created first, so that a new
    /// model or an outbreak does not flood anybody.
    /// </summary>
    public const int MaxCreatedInHour = 60;

    /// <summary>Changes that are due, each to be applied and sent. The worst incidents come first.</summary>
    /// <param name="book">The incidents.</param>
    /// <param name="clock">The clock of incidents, UTC.</param>
    /// <param name="threshold">The score from which an incident is sent, 0–1.</param>
    public static IEnumerable<IncidentChange> Due(
        IncidentBook book, DateTimeOffset clock, double threshold)
    {
        var room = MaxCreatedInHour - book.All.Count(i => i.Created > clock - TimeSpan.FromHours(1));
        foreach (var incident in book.All.OrderByDescending(i => i.Score).ThenBy(i => i.Id).ToList())
        {
            var change = Next(incident, clock, threshold, room > 0);
            if (change?.Activity == IncidentActivity.Create) room--;
            if (change is not null) yield return change;
        }
    }

    private static IncidentChange? Next(Incident incident, DateTimeOffset clock, double threshold, bool hasRoom)
    {
        var isQuiet = clock - incident.LastStep >= Quiet;
        return incident.Status switch
        {
            IncidentStatus.Watched when incident.Score >= threshold && hasRoom => Sent(incident, IncidentActivity.Create, clock),
            IncidentStatus.Open when isQuiet => Sent(incident, IncidentActivity.Close, clock),
            IncidentStatus.Closed when incident.HasNews && !isQuiet => Sent(incident, IncidentActivity.Update, clock),
            IncidentStatus.Closed when incident.HasNews => Sent(incident, IncidentActivity.Close, clock),
            IncidentStatus.Open when incident.HasNews && clock - incident.Sent >= BetweenUpdates =>
                Sent(incident, IncidentActivity.Update, clock),
            IncidentStatus.Watched or IncidentStatus.Closed when clock - incident.Last >= Remembered => new(incident, null),
            _ => null,
        };
    }

    /// <summary>The closing message of an incident that became a part of another.</summary>
    public static IncidentChange JoinedTo(Incident incident, DateTimeOffset clock) => Sent(incident, IncidentActivity.Close, clock);

    private static IncidentChange Sent(Incident incident, IncidentActivity activity, DateTimeOffset clock) => new(
        incident with
        {
            Status = activity == IncidentActivity.Close ? IncidentStatus.Closed : IncidentStatus.Open,
            Created = incident.Created ?? clock,
            Sent = clock,
            Revision = incident.Revision + 1,
            HasNews = false,
        },
        activity);
}

/// <summary>An incident after a change.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Activity">What is sent about it; <see langword="null"/> when it is forgotten.</param>
internal sealed record IncidentChange(Incident Incident, IncidentActivity? Activity);
