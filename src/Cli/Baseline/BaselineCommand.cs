using System.CommandLine;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline …</c>: what is known of parents and their children.</summary>
internal static class BaselineCommand
{
    public static Command Create() => new("baseline", "Look into the counts of launches and the prior they start from.")
    {
        PriorCommand.Create(),
        BuildPriorCommand.Create(),
    };
}
