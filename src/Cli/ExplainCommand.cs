using System.CommandLine;
using System.Globalization;
using Changeling.Cli.Explaining;

namespace Changeling.Cli;

/// <summary><c>changeling explain FILE[:LINE]</c>: the results of model and baseline for one event, with reasons.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliConsole console)
    {
        var place = new Argument<string>("FILE[:LINE]")
        {
            Description =
                "A file of recorded telemetry, as for 'score'; - is standard input. LINE is the line on which the event's message starts, or its number in a file without lines, as 'score' shows it. Default: the first malicious event.",
        }.AsPath(console);
        var line = Index("--line", "The line as an option instead of :LINE, for standard input.", from: 1);
        var record = Index("--record", "Index of the record in its message, from 0, where a message holds several.", from: 0);
        var asJson = new Option<bool>("--json") { Description = "One line of JSON, with all reasons and features." };
        var model = new Option<string?>("--model")
        {
            Description = "A model package. Default: the one shipped with the program.",
            HelpName = "PACKAGE",
        }.AsOptionalPath(console);
        var prior = new Option<string?>("--prior")
        {
            Description = "A prior file. Default: the one shipped with the program.",
            HelpName = "prior.json",
        }.AsOptionalPath(console);
        var command = new Command(
            "explain",
            "Explain one event: its fields and features, probability and rarity, and why.") { place, line, record, asJson, model, prior };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, () => RunAsync(
            console, EventPlace.Parse(parsed.GetRequiredValue(place), parsed.GetValue(line), parsed.GetValue(record)),
            parsed.GetValue(asJson), parsed.GetValue(model), parsed.GetValue(prior), cancellation)));
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

    private static async Task<int> RunAsync(
        CliConsole console, EventPlace place, bool asJson, string? model, string? prior, CancellationToken cancellationToken)
    {
        var files = await TelemetryFiles.OfAsync([place.File], [], console, cancellationToken);
        if (files is not [var only])
            throw new CliException($"{place.File} holds {files.Count:N0} files; name one of them, for example {files[0].Name}.");
        var explainer = new Explainer(InstalledFiles.Model(model), InstalledFiles.Prior(prior));
        var explanation = explainer.Explain(place, TelemetryFiles.Messages([only]).Select(m => m.Message), cancellationToken);
        if (!asJson)
        {
            new ExplanationText(console.Out, explanation).Show();
            return Verb.Success;
        }

        await using var output = console.OpenOutput();
        ExplanationJson.WriteTo(output, explanation);
        return Verb.Success;
    }
}
