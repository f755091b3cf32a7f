using System.CommandLine;
using Spectre.Console;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models publish PACKAGE</c>: checks a package and uploads it under its version.</summary>
internal static class PublishCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var package = new Argument<string>("PACKAGE")
        {
            Description = "The package file, as 'changeling train' writes it.",
        }.AsPath(console);
        var activate = new Option<bool>("--activate") { Description = "Also activate it." };
        return new Command(
            "publish",
            "Check a package and upload it under its version; a package of the same version is never overwritten.") { package, activate }
            .With(account, async (parsed, store, cancellation) =>
            {
                var (published, isNew) = await store.PublishAsync(parsed.GetRequiredValue(package), cancellation);
                var version = published.Manifest.Version;
                console.Out.WriteLine(
                    isNew ? $"published {version}, SHA-256 {published.Sha256}" : $"{version} was published already, with the same bytes");
                if (parsed.GetValue(activate)) ActivateCommand.Say(console, version, await store.ActivateAsync(version, cancellation));
            });
    }
}
