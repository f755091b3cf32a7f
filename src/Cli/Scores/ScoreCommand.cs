using System.CommandLine;
using Changeling.Evaluation.Scores;
using Changeling.RecordedFiles;

namespace Changeling.Cli.Scores;

/// <summary><c>changeling score FILE…</c>: one JSON line or table row per record, without storage and without the app.</summary>
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
            Description = "Output file; standard output if left out.",
            HelpName = "scores.jsonl",
        }.AsOptionalPath(console);
        var csv = new Option<bool>("--csv") { Description = "A table for spreadsheets instead of JSON lines." };
        var sort = ScoreOrder.Option();
        var model = ShippedOptions.Model(console);
        var prior = ShippedOptions.Prior(console);
        var command = new Command(
            "score",
            "Score recorded telemetry: probability, rarity, lineage and the first reasons of every record.")
            { files, output, csv, sort, model, prior };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var (names, target) = (parsed.GetRequiredValue(files), parsed.GetValue(output));
            var recorded = await TelemetryFiles.OfAsync(names, [target], console, cancellation);
            var scorer = new Scorer(InstalledFiles.Model(parsed.GetValue(model)), InstalledFiles.Prior(parsed.GetValue(prior)));
            var counts = new Counts();
            var scores = ScoreOrder.Sorted(counts.Counting(Scores(scorer, recorded), cancellation), parsed.GetValue(sort));
            void Write(Stream lines)
            {
                if (parsed.GetValue(csv)) ScoreSpreadsheet.Write(scores, lines);
                else foreach (var score in scores) score.WriteTo(lines);
            }

            if (target is null)
            {
                await using var lines = new BufferedStream(console.OpenOutput());
                Write(lines);
            }
            else
            {
                await using var file = OutputFiles.Create(target, [.. recorded.Select(file => file.Origin)]);
                await file.WriteContentAsync(lines => Task.Run(() => Write(lines), cancellation));
                if (counts.Records > 0) file.Keep();
            }

            if (target is not null) console.Error.WriteLine($"{counts.Records:N0} records, {counts.Read:N0} scored → {target}");
            return counts.Read > 0 ? Verb.Success : throw Nothing(counts, names);
        }));
        return command;
    }

    private static IEnumerable<Score> Scores(Scorer scorer, IReadOnlyList<RecordedFile> recorded)
    {
        foreach (var (file, message) in TelemetryFiles.Messages(recorded))
        {
            var scores = message.Damage is { } damage
                ? [Scorer.Unreadable(file.Name, message.Number, damage)]
                : scorer.Score(file.Name, message.Number, message.Body);
            foreach (var score in scores) yield return score;
        }
    }

    private static CliException Nothing(Counts counts, string[] files) => new(counts.Records > 0
        ? $"no process creation could be read from {string.Join(", ", files)}; the 'error' of each line gives the reason."
        : $"{string.Join(", ", files)}: no record to score; name a file with recorded telemetry.");

    private sealed class Counts
    {
        public int Records { get; private set; }

        public int Read { get; private set; }

        public IEnumerable<Score> Counting(IEnumerable<Score> scores, CancellationToken cancellationToken)
        {
            foreach (var score in scores)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Records++;
                if (score.Error is null) Read++;
                yield return score;
            }
        }
    }
}
