namespace Changeling.HostStandIn.Azurite;

/// <summary>How the storage emulator is run.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The folder with Azurite's <c>package.json</c> and lock: <c>tools</c> of this repository.</summary>
    public required string ToolsFolder { get; init; }

    /// <summary>
    /// Whether to listen on 10000 to 10002, as <c>UseDevelopmentStorage=true</c> expects; otherwise the system chooses free
    /// ports, and the account gets a random key.
    /// </summary>
    /// <value>False.</value>
    public bool WellKnownPorts { get; init; }

    /// <summary>Where to keep data; null keeps it in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Told in words what takes long: the first installation. From any thread.</summary>
    public Action<string>? OnProgress { get; init; }
}
