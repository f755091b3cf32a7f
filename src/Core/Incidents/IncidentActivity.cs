namespace Changeling.Incidents;

/// <summary>What a message says about an incident; the numbers are OCSF's <c>activity_id</c>.</summary>
public enum IncidentActivity
{
    /// <summary>The first message.</summary>
    Create = 1,

    /// <summary>It grew, or a closed one has a late step.</summary>
    Update = 2,

    /// <summary>It has been quiet, or was joined to another incident.</summary>
    Close = 3,
}
