namespace Changeling.Sources;

/// <summary>The difference between an event's own time and the hub's, in five classes for a metric's tag.</summary>
public static class TimeSkew
{
    /// <summary>More than 5 minutes after the hub's time: a wrong clock or a wrong time zone.</summary>
    public const string Ahead = "ahead";

    /// <summary>From 5 minutes after to an hour before.</summary>
    public const string Prompt = "prompt";

    /// <summary>From an hour to a day before: slow delivery.</summary>
    public const string Hours = "hours";

    /// <summary>From a day to 30 days before: a device that was off-line, or a wrong clock.</summary>
    public const string Days = "days";

    /// <summary>More than 30 days before: beyond the window in which an endpoint's time is believed.</summary>
    public const string Beyond = "beyond";

    /// <summary>All of them, from ahead to behind.</summary>
    public static IReadOnlyList<string> All { get; } = [Ahead, Prompt, Hours, Days, Beyond];

    /// <summary>The class of an event.</summary>
    /// <param name="behind">The hub's time less the event's.</param>
    public static string Of(TimeSpan behind) => behind switch
    {
        _ when behind < TimeSpan.FromMinutes(-5) => Ahead,
        _ when behind <= TimeSpan.FromHours(1) => Prompt,
        _ when behind <= TimeSpan.FromDays(1) => Hours,
        _ when behind <= TimeSpan.FromDays(30) => Days,
        _ => Beyond,
    };
}
