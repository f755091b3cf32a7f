namespace Changeling.Hubs;

/// <summary>The valid names of a hub in Event Hubs.</summary>
public static class HubName
{
    /// <summary>The names as a regular expression.</summary>
    public const string Pattern = "^[A-Za-z0-9]([A-Za-z0-9._-]{0,254}[A-Za-z0-9])?$";
}
