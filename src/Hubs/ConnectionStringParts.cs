namespace Changeling.Hubs;

/// <summary>The parts of a connection string for Event Hubs.</summary>
/// <param name="Endpoint">The namespace: <c>sb://host</c>, with a port if it is not the default one.</param>
/// <param name="Key">The shared access key or signature: a secret, unless it is the emulator's.</param>
/// <param name="Hub">The hub (<c>EntityPath</c>); <see langword="null"/> if it names none.</param>
/// <param name="IsEmulator">Whether traffic is not encrypted, which the emulator requires (<c>UseDevelopmentEmulator=true</c>).</param>
internal sealed record ConnectionStringParts(Uri Endpoint, string Key, string? Hub, bool IsEmulator)
{
    /// <summary>The emulator's key, which is published and therefore not a secret.</summary>
    private const string EmulatorKey = "SAS_KEY_VALUE";

    /// <summary>Whether it may be stored in a settings file, because its key is only valid for an emulator or a stand-in.</summary>
    public bool IsNoSecret => IsEmulator && (Endpoint.IsLoopback || Key == EmulatorKey);

    /// <summary>Reads a connection string.</summary>
    /// <returns><see langword="null"/> when it is not one of Event Hubs.</returns>
    public static ConnectionStringParts? Read(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.OrdinalIgnoreCase);
        var key = parts.GetValueOrDefault("SharedAccessKey") ?? parts.GetValueOrDefault("SharedAccessSignature");
        if (string.IsNullOrEmpty(key)
            || !Uri.TryCreate(parts.GetValueOrDefault("Endpoint"), UriKind.Absolute, out var endpoint)
            || endpoint.Scheme != "sb")
            return null;

        var hub = parts.GetValueOrDefault("EntityPath");
        var isEmulator = bool.TryParse(parts.GetValueOrDefault("UseDevelopmentEmulator"), out var on) && on;
        return new ConnectionStringParts(endpoint, key, string.IsNullOrEmpty(hub) ? null : hub, isEmulator);
    }
}
