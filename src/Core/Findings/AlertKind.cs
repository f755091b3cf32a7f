namespace Changeling.Findings;

/// <summary>
/// What people are to look at: which detections are marked as alerts (<c>is_alert</c>). All are sent, whatever is marked. It is read when
/// a detection is decided; a committed detection keeps its mark.
/// </summary>
public enum AlertKind
{
    /// <summary>Incidents. Findings, those of the cluster rules included, are evidence of them.</summary>
    Incidents,

    /// <summary>Findings, those of the cluster rules included. Incidents are sent beside them.</summary>
    Findings,

    /// <summary>Incidents and findings.</summary>
    Both,
}

/// <summary>What each kind of alert marks.</summary>
public static class AlertKinds
{
    /// <summary>Whether findings are marked as alerts: of one launch, and of the cluster rules.</summary>
    public static bool MarkFindings(this AlertKind alerts) => alerts is AlertKind.Findings or AlertKind.Both;

    /// <summary>Whether incidents are marked as alerts.</summary>
    public static bool MarkIncidents(this AlertKind alerts) => alerts is AlertKind.Incidents or AlertKind.Both;
}
