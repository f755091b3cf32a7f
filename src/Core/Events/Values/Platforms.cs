namespace Changeling.Events.Values;

/// <summary>Whether a process started on Windows.</summary>
internal static class Platforms
{
    /// <summary>The kind under which a launch on another system is skipped.</summary>
    public const string NotWindows = "process not on Windows";

    /// <summary>Whether the name of an operating system is another one's. No name, or one that says nothing, leaves it open.</summary>
    public static bool IsOther(string? system) =>
        KnownText.Of(system) is { } known
        && !known.All(char.IsAsciiDigit)
        && !known.Equals("other", StringComparison.OrdinalIgnoreCase)
        && (!known.Contains("win", StringComparison.OrdinalIgnoreCase) || known.Contains("darwin", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a full path is another system's: Windows never begins one with a slash.</summary>
    public static bool IsOthersPath(string? path) => path is ['/', ..];
}
