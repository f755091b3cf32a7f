namespace Changeling.HostStandIn.Azurite;

/// <summary>The options of the storage emulator.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The folder with Azurite's <c>package.json</c> and lock, in which it is installed.</summary>
    public required string ToolsFolder { get; init; }

    /// <summary>The blob port that <c>UseDevelopmentStorage=true</c> means.</summary>
    /// <value>10000.</value>
    public const int UsualPort = 10000;

    /// <summary>
    /// The port of the blob service; queue and table use the next two ports, and the account is the published one. Without it, the system
    /// chooses free ports, and the account gets a random key.
    /// </summary>
    /// <value>1 to 65533; null unless set.</value>
    public int? Port { get; init; }

    /// <summary>The folder for the data; null keeps the data in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// Receives a line for each request that was answered, with method, path and status. Called from any thread; null for no such lines.
    /// </summary>
    public Action<string>? OnRequest { get; init; }

    /// <summary>Receives a message before a step that takes long, such as the first installation. Called from any thread.</summary>
    public Action<string>? OnProgress { get; init; }
}
