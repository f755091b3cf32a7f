using System.Text.Json;

namespace Changeling.Operations;

/// <summary>Whether text contains the name of a host or user, as a whole and not as a part of a longer name. Case is ignored.</summary>
/// <param name="name">The name: a host with or without its domain, a user with or without <c>DOMAIN\</c>.</param>
/// <param name="isHost">A host's name may continue with a dot and its domain.</param>
public sealed class NamedIn(string name, bool isHost)
{
    /// <summary>Whether the name in a row is this name, or a user of this name in any domain.</summary>
    public bool Is(string other) =>
        string.Equals(other, name, StringComparison.OrdinalIgnoreCase)
        || (isHost ? other.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase) : other.EndsWith("\\" + name,
            StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a JSON value contains the name in any of its texts. Text that is not JSON is searched as it is.</summary>
    public bool In(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return In(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The text is not JSON, or contains a lone surrogate.
            return In(System.Text.Encoding.UTF8.GetString(utf8.Span));
        }
    }

    /// <summary>Whether a text contains the name.</summary>
    public bool In(string text)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
             at >= 0;
             at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !GoesOn(text[at - 1])) && EndsAt(text, at + name.Length)) return true;
        }

        return false;
    }

    private bool In(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => In(element.GetString()!),
        JsonValueKind.Array => element.EnumerateArray().Any(In),
        JsonValueKind.Object => element.EnumerateObject().Any(p => In(p.Value)) || IsPair(element),
        _ => false,
    };

    /// <summary>A user as OCSF has it: name and domain are properties of their own.</summary>
    private bool IsPair(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("domain", out var domain) && domain.ValueKind == JsonValueKind.String
        && element.TryGetProperty("name", out var user) && user.ValueKind == JsonValueKind.String
        && string.Equals($"{domain.GetString()}\\{user.GetString()}", name, StringComparison.OrdinalIgnoreCase);

    private bool EndsAt(string text, int end)
    {
        if (end == text.Length) return true;
        if (text[end] == '.') return isHost || end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1]);
        return !GoesOn(text[end]);
    }

    private static bool GoesOn(char unit) => char.IsLetterOrDigit(unit) || unit is '-' or '_' or '.' or '$';
}
