using System.Buffers;

namespace Changeling.Events.Values;

/// <summary>A source's unique id of a process.</summary>
internal static class ProcessGuids
{
    private static readonly SearchValues<char> ZeroGuid = SearchValues.Create("{}-0");

    /// <summary>The id as given; <see langword="null"/> for the all-zero GUID, which Sysmon writes for an unknown parent.</summary>
    public static string? Of(string? text)
    {
        var known = KnownText.Of(text);
        return known is null || !known.AsSpan().ContainsAnyExcept(ZeroGuid) ? null : known;
    }
}
