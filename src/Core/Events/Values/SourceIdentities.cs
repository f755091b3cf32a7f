namespace Changeling.Events.Values;

/// <summary>The source's own identity of an event: the same event gives the same text, whatever delivers it again.</summary>
internal static class SourceIdentities
{
    /// <summary>Kind and parts in lower case, joined with <c>|</c>; <see langword="null"/> when a part is not known.</summary>
    public static string? Of(string kind, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            if (part is null) return null;
        }

        return $"{kind}|{string.Join('|', parts)}".ToLowerInvariant();
    }
}
