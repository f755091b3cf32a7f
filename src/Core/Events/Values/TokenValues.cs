namespace Changeling.Events.Values;

/// <summary>Integrity level and elevation type of a token, in the words, numbers and label SIDs that sources use.</summary>
internal static class TokenValues
{
    private const string LabelPrefix = "S-1-16-";

    /// <summary>Longer texts are no value of either.</summary>
    private const int Longest = 40;

    /// <summary>A word in any case, a mandatory label SID, or its RID as a decimal number.</summary>
    public static IntegrityLevel? Integrity(string? text)
    {
        Span<char> lower = stackalloc char[Longest];
        var known = Lower(text, lower);
        return (known.StartsWith(LabelPrefix, StringComparison.OrdinalIgnoreCase) ? known[LabelPrefix.Length..] : known) switch
        {
            "untrusted" or "0" => IntegrityLevel.Untrusted,
            "low" or "appcontainer" or "4096" => IntegrityLevel.Low,
            "medium" or "8192" or "8448" => IntegrityLevel.Medium,
            "high" or "12288" => IntegrityLevel.High,
            "system" or "16384" => IntegrityLevel.System,
            "protected" or "20480" => IntegrityLevel.Protected,
            _ => null,
        };
    }

    /// <summary>The message number of the event, or the type's name with or without its number.</summary>
    public static TokenElevation? Elevation(string? text) => Lower(text, stackalloc char[Longest]) switch
    {
        "%%1936" or "default" or "tokenelevationtypedefault" or "tokenelevationtypedefault (1)" => TokenElevation.Default,
        "%%1937" or "full" or "tokenelevationtypefull" or "tokenelevationtypefull (2)" => TokenElevation.Full,
        "%%1938" or "limited" or "tokenelevationtypelimited" or "tokenelevationtypelimited (3)" => TokenElevation.Limited,
        _ => null,
    };

    /// <summary>The text in lower case; empty when it is not known.</summary>
    private static ReadOnlySpan<char> Lower(string? text, Span<char> place) =>
        KnownText.Of(text) is { Length: <= Longest } known ? place[..known.AsSpan().ToLowerInvariant(place)] : default;
}
