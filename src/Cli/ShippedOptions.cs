using System.CommandLine;

namespace Changeling.Cli;

/// <summary>The options for files that the program ships with, and that a user can put others in place of.</summary>
internal static class ShippedOptions
{
    /// <summary>A model package.</summary>
    public static Option<string?> Model(CliConsole console) => new Option<string?>("--model")
    {
        Description = "A model package. Default: the one shipped with the program.",
        HelpName = "PACKAGE",
    }.AsOptionalPath(console);

    /// <summary>A prior file.</summary>
    public static Option<string?> Prior(CliConsole console) => new Option<string?>("--prior")
    {
        Description = "A prior file. Default: the one shipped with the program.",
        HelpName = "prior.json",
    }.AsOptionalPath(console);
}
