using System.Buffers;

namespace Changeling.Events.Values;

/// <summary>A source's unique id of a process.</summary>
internal static class ProcessGuids
{
    private static readonly SearchValues<char> ZeroGuid = SearchValues.Create("{}-0");

    /// <summary>The id as given; the all-zero GUID, which Sysmon writes for a parent that it does not know, is none.</summary>
    public static string? Of(string? text)
    {
        var known = KnownText.Of(text);
        return known is null || !known.AsSpan().ContainsAnyExcept(ZeroGuid) ? null : known;
    }
}
