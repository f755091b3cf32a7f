using System.Globalization;

namespace Changeling.Simulation.Formats;

/// <summary>Times as collectors write them.</summary>
internal static class Iso
{
    /// <summary><c>2026-11-03T09:14:27.384Z</c>.</summary>
    public static string Milliseconds(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-03T09:14:27.3840000Z</c>.</summary>
    public static string Ticks(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-03 09:14:27.384</c>, as Sysmon's <c>UtcTime</c>.</summary>
    public static string Sysmon(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
