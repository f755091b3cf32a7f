namespace Changeling.HostStandIn.Azurite;

/// <summary>How the storage emulator is run.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The folder with Azurite's <c>package.json</c> and lock: <c>tools</c> of this repository.</summary>
    public required string ToolsFolder { get; init; }

    /// <summary>The blob port that <c>UseDevelopmentStorage=true</c> means.</summary>
    /// <value>10000.</value>
    public const int UsualPort = 10000;

    /// <summary>
    /// Where blob listens, queue and table on the two ports after it, with the account that is the same everywhere; without
    /// it the system chooses free ports, and the account gets a random key.
    /// </summary>
    /// <value>1 to 65533; null unless set.</value>
    public int? Port { get; init; }

    /// <summary>Where to keep data; null keeps it in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Receives in words what takes long: the first installation. From any thread.</summary>
    public Action<string>? OnProgress { get; init; }
}
