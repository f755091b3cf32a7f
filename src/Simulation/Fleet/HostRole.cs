namespace Changeling.Simulation.Fleet;

/// <summary>The purpose of a machine.</summary>
public enum HostRole
{
    /// <summary>Documents, mail and the web.</summary>
    OfficeWorkstation,

    /// <summary>The same, and builds, scripts and version control.</summary>
    DeveloperWorkstation,

    /// <summary>Where administrators sit.</summary>
    AdminWorkstation,

    /// <summary>IIS.</summary>
    WebServer,

    /// <summary>Shares, printing and backup.</summary>
    FileServer,

    /// <summary>SQL Server.</summary>
    DatabaseServer,

    /// <summary>Active Directory and DNS.</summary>
    DomainController,
}
