using System.Text.RegularExpressions;

namespace Changeling.HostStandIn.App;

/// <summary>The app settings, as the host looks them up for bindings: names in any case, <c>:</c> and <c>__</c> alike.</summary>
internal sealed partial class AppSettings(IReadOnlyDictionary<string, string> settings)
{
    private readonly Dictionary<string, string> _values =
        settings.ToDictionary(s => Key(s.Key), s => s.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>A setting's value; null where there is none.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(Key(name));

    /// <summary>Replaces each <c>%NAME%</c> of a binding's property.</summary>
    /// <exception cref="HostFailedException">A setting is missing.</exception>
    public string Resolve(string text) => Placeholder().Replace(text, match => Find(match.Groups[1].Value)
        ?? throw new HostFailedException($"The app setting {match.Groups[1].Value} is missing: a binding refers to it as {match.Value}."));

    /// <summary>A connection string by the name that a binding gives, as the host finds it.</summary>
    /// <exception cref="HostFailedException">The setting is missing, or the connection uses an identity.</exception>
    public string Connection(string name)
    {
        var text = Find("AzureWebJobs" + name) ?? Find(name) ?? Find("ConnectionStrings:" + name);
        if (!string.IsNullOrWhiteSpace(text)) return text;

        var byIdentity = _values.Keys.Any(key => key.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        throw new HostFailedException(byIdentity
            ? $"The connection {name} uses an identity: the stand-in supports connection strings only."
            : $"The app setting {name} is missing: it must hold a connection string.");
    }

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
