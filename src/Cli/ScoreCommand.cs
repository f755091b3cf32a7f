using System.CommandLine;
using Changeling.Evaluation.Scores;

namespace Changeling.Cli;

/// <summary><c>changeling score FILE…</c>: one JSON line per record, without storage and without the app.</summary>
internal static class ScoreCommand
{
    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = TelemetryFiles.Description,
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Output file for the JSON lines; standard output if left out.",
            HelpName = "scores.jsonl",
        }.AsOptionalPath(console);
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
            "score", "Score recorded telemetry: probability, rarity and lineage of every record.") { files, output, model, prior };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, () => RunAsync(
            console, parsed.GetRequiredValue(files), parsed.GetValue(output), parsed.GetValue(model), parsed.GetValue(prior),
            cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        CliConsole console, string[] files, string? output, string? model, string? prior, CancellationToken cancellationToken)
    {
        var recorded = await TelemetryFiles.OfAsync(files, [output], console, cancellationToken);
        var scorer = new Scorer(InstalledFiles.Model(model), InstalledFiles.Prior(prior));
        var (records, read) = (0, 0);
        var inputs = recorded.Select(file => file.Origin).ToList();
        await using (var lines = output is null ? new BufferedStream(console.OpenOutput()) : (Stream)OutputFiles.Create(output, inputs))
        {
            foreach (var (file, message) in TelemetryFiles.Messages(recorded))
            {
                var scores = message.Damage is { } damage
                    ? [Scorer.Unreadable(file.Name, message.Number, damage)]
                    : scorer.Score(file.Name, message.Number, message.Body);
                foreach (var score in scores)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    score.WriteTo(lines);
                    records++;
                    if (score.Error is null) read++;
                }
            }

            if (records > 0) (lines as OutputFile)?.Keep();
        }

        if (output is not null) console.Error.WriteLine($"{records:N0} records, {read:N0} scored → {output}");
        if (read > 0) return Verb.Success;
        throw new CliException(records > 0
            ? $"no process creation could be read from {string.Join(", ", files)}; the 'error' of each line gives the reason."
            : $"{string.Join(", ", files)}: no record to score; name a file with recorded telemetry.");
    }
}
