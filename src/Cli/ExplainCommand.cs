using System.CommandLine;
using System.Globalization;
using Changeling.Cli.Detections;
using Changeling.Cli.Explaining;
using Changeling.Cli.Models;

namespace Changeling.Cli;

/// <summary>
/// <c>changeling explain FILE[:LINE]</c> or <c>--finding ID</c>: the results of model and baseline for one event, with reasons by theme.
/// </summary>
internal static class ExplainCommand
{
    public static Command Create(CliConsole console)
    {
        var place = new Argument<string?>("FILE[:LINE]")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description =
                "A file of recorded telemetry, as for 'score'; - is standard input. LINE is the line on which the event's message starts, or its number in a file without lines, as 'score' shows it. Default: the first malicious event.",
        }.AsOptionalPath(console);
        var finding = new Option<string?>("--finding")
        {
            Description = "The id of a finding, instead of a file: explains its launch.",
            HelpName = "ID",
        };
        var account = new StorageAccount(console);
        var source = new FindingSource(console, account);
        var line = Index("--line", "The line as an option instead of :LINE, for standard input.", from: 1);
        var record = Index("--record", "Index of the record in its message, from 0, where a message holds several.", from: 0);
        var asJson = new Option<bool>("--json") { Description = "One line of JSON, with all reasons and features." };
        var all = new Option<bool>("--all") { Description = "Show every reason and feature, not only those that count most." };
        var model = ShippedOptions.Model(console);
        var prior = ShippedOptions.Prior(console);
        var command = new Command(
            "explain",
            "Explain one event: its fields, probability and rarity, and why.")
            { place, finding, line, record, asJson, all, model, prior };
        source.AddTo(command);
        account.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var explainer = new Explainer(InstalledFiles.Model(parsed.GetValue(model)), InstalledFiles.Prior(parsed.GetValue(prior)));
            var explanation = (parsed.GetValue(place), parsed.GetValue(finding)) switch
            {
                ({ } file, null) => await OfFileAsync(
                    console, explainer, EventPlace.Parse(file, parsed.GetValue(line), parsed.GetValue(record)), cancellation),
                (null, { } id) => explainer.Explain(id, await source.FindAsync(parsed, id, cancellation)),
                (null, null) => throw new CliException("nothing to explain: name a file of telemetry, or a finding with --finding ID."),
                _ => throw new CliException(
                    "a file and --finding cannot both be explained; pass one of them. --in names a file of detections."),
            };
            if (!parsed.GetValue(asJson))
            {
                new ExplanationText(console.Out, explanation, parsed.GetValue(all)).Show();
                return Verb.Success;
            }

            await using var output = console.OpenOutput();
            ExplanationJson.WriteTo(output, explanation);
            return Verb.Success;
        }));
        return command;
    }

    private static Option<int?> Index(string name, string description, int from) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from) return number;
            result.AddError($"{name} must be a whole number from {from}, not '{text}'");
            return null;
        },
    };

    private static async Task<Explanation> OfFileAsync(
        CliConsole console, Explainer explainer, EventPlace place, CancellationToken cancellationToken)
    {
        var files = await TelemetryFiles.OfAsync([place.File], [], console, cancellationToken);
        if (files is not [var only])
            throw new CliException($"{place.File} holds {files.Count:N0} files; name one of them, for example {files[0].Name}.");
        return explainer.Explain(place, TelemetryFiles.Messages([only]).Select(m => m.Message), cancellationToken);
    }
}
