using System.Globalization;

namespace Changeling.Pages.Shell;

/// <summary>Numbers, times and counted words as pages write them.</summary>
internal static class Figures
{
    private const string None = "–";

    /// <summary>A number with thousands separated and at most two decimals; a dash for an unknown one.</summary>
    public static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("#,0.##", CultureInfo.InvariantCulture) : None;

    /// <summary>A number with exactly so many decimals; a dash for an unknown one.</summary>
    public static string Fixed(double? value, int decimals) => value is { } number && double.IsFinite(number)
        ? number.ToString($"F{decimals}", CultureInfo.InvariantCulture)
        : None;

    /// <summary>A share, 0–1, in percent; a dash for an unknown one.</summary>
    public static string Percent(double? share) => share is { } known && double.IsFinite(known)
        ? (100 * known).ToString(known is > 0 and < 0.1 ? "0.##" : "0", CultureInfo.InvariantCulture) + " %"
        : None;

    /// <summary>An interval with three decimals; a dash for an unknown one.</summary>
    public static string Between(double low, double high) =>
        double.IsFinite(low) && double.IsFinite(high) ? $"{Fixed(low, 3)} to {Fixed(high, 3)}" : None;

    /// <summary>A number of something, in the singular or plural.</summary>
    /// <param name="many">The word in the plural, which ends in s.</param>
    /// <param name="count">The number.</param>
    public static string Count(string many, double count) => $"{Number(count)} {(count.Equals(1.0) ? many[..^1] : many)}";

    /// <summary>A time to the second, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A time to the minute, UTC.</summary>
    public static string Minute(DateTimeOffset? time) =>
        time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : None;

    /// <summary>A time for programs.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number of seconds in the largest fitting unit; a dash for an unknown one.</summary>
    public static string Duration(double? seconds) => seconds switch
    {
        null => None,
        < 90 => $"{Fixed(seconds, 0)} s",
        < 90 * 60 => $"{Fixed(seconds / 60, 0)} min",
        < 36 * 3600 => $"{Fixed(seconds / 3600, 1)} h",
        _ => $"{Fixed(seconds / 86_400, 1)} days",
    };
}
