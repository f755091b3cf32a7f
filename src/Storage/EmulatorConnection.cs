namespace Changeling.Storage;

/// <summary>Distinguishes the local emulator's connection string from one with the key of a real account.</summary>
internal static class EmulatorConnection
{
    /// <summary>
    /// The emulator's account. Its key is published and therefore not a secret, also if the emulator runs in a container.
    /// </summary>
    private const string EmulatorAccount = "devstoreaccount1";

    public static bool IsEmulator(string connectionString)
    {
        var parts = Parts(connectionString);
        if (parts.TryGetValue("UseDevelopmentStorage", out var flag)) return bool.TryParse(flag, out var on) && on;

        var endpoints = parts.Where(p => p.Key.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase)).Select(p => p.Value).ToList();
        if (endpoints.Count == 0) return false;
        return endpoints.TrueForAll(IsLoopback)
            || (parts.GetValueOrDefault("AccountName") == EmulatorAccount && endpoints.TrueForAll(IsPlainHttp));
    }

    private static Dictionary<string, string> Parts(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) parts[part[..equals]] = part[(equals + 1)..];
        }

        return parts;
    }

    private static bool IsLoopback(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static bool IsPlainHttp(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp;
}
