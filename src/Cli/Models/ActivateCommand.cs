using System.CommandLine;
using Spectre.Console;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models activate VERSION</c>: points the apps to a published package.</summary>
internal static class ActivateCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var version = new Argument<string>("VERSION") { Description = "A version that 'changeling models list' names." };
        return new Command("activate", "Check a published package and make it the current model; 'rollback' undoes this.") { version }
            .With(account, async (parsed, store, cancellation) =>
            {
                var chosen = parsed.GetRequiredValue(version);
                Say(console, chosen, await store.ActivateAsync(chosen, cancellation));
            });
    }

    /// <summary>Reports the result of an activation.</summary>
    /// <param name="console">The output.</param>
    /// <param name="version">The version that is current now.</param>
    /// <param name="before">The version that was current before.</param>
    public static void Say(CliConsole console, string version, string? before) => console.Out.WriteLine(
        before == version ? $"{version} is the current model already"
        : before is null ? $"{version} is the current model; the apps load it within their Model:PollInterval"
        : $"{version} is the current model, {before} the previous one; the apps load it within their Model:PollInterval");
}
