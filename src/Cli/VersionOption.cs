using System.CommandLine;
using System.Globalization;

namespace Changeling.Cli;

/// <summary>The option for the version of a user's own model or prior. The default does not look like a version that ships.</summary>
internal static class VersionOption
{
    /// <summary>The option.</summary>
    /// <param name="what">What the version is written into.</param>
    public static Option<string> Create(string what) => new("--version-name")
    {
        Description = $"Version to write into {what}. Default: own- and the date, UTC.",
        DefaultValueFactory = _ => Of(TimeProvider.System.GetUtcNow()),
        HelpName = "VERSION",
    };

    /// <summary>The version of what is made at some time.</summary>
    internal static string Of(DateTimeOffset now) => now.UtcDateTime.ToString("'own-'yyyy-MM-dd", CultureInfo.InvariantCulture);
}
