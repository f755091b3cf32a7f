using System.CommandLine;
using System.IO.Compression;
using Changeling.Events;
using Changeling.RecordedFiles;
using Changeling.Training.Labelling;

namespace Changeling.Cli;

/// <summary><c>changeling label FILE… --truth FILE… --output DIR</c>: recorded telemetry and labels become a folder to train on.</summary>
internal static class LabelCommand
{
    private const string Rows = "recorded.jsonl.gz";

    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE|DIR")
        {
            Description = TelemetryFiles.Description,
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var truth = new Option<string[]>("--truth")
        {
            Description =
                "Labels of launches: lines of 'simulate --truth', or your own {\"uid\": \"id of a finding\", \"label\": 1, \"dataset\": \"name of the incident\"}.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        }.AsPaths(console);
        var output = new Option<string>("--output", "-o")
        {
            Description = $"Folder for {Rows}, which 'train' and 'evaluate' read.",
            Required = true,
            HelpName = "DIR",
        }.AsPath(console);
        var name = new Option<string?>("--name")
        {
            Description = "Name of the recording, which its datasets begin with. Default: the name of the first file.",
            HelpName = "NAME",
        };
        var listedOnly = new Option<bool>("--listed-only")
        {
            Description = "Leave out launches without a label. Default: they are ordinary, because the labels name every attack.",
        };
        var command = new Command(
            "label", "Make a folder of labelled launches from recorded telemetry and labels, to train and evaluate on.")
        {
            files,
            truth,
            output,
            name,
            listedOnly,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var (names, labelNames) = (parsed.GetRequiredValue(files), parsed.GetRequiredValue(truth));
            var folder = parsed.GetRequiredValue(output);
            InputFiles.Require(labelNames);
            var recorded = await TelemetryFiles.OfAsync(names, labelNames, console, cancellation);
            var labels = new LabelFile();
            foreach (var file in labelNames) labels.Add(file, await InputFiles.ReadAsync(file, console, cancellation));
            if (labels.Count == 0) throw new CliException($"{string.Join(", ", labelNames)}: no label; give at least the attacks.");
            OutputFiles.RequireFolder(folder);
            var target = Path.Combine(folder, Rows);
            var recording = parsed.GetValue(name) ?? Path.GetFileName(recorded[0].Name).Split('.')[0];
            var written = await WriteAsync(
                recorded, labels, target, [.. recorded.Select(file => file.Origin), .. labelNames], recording, parsed.GetValue(listedOnly),
                cancellation);
            console.Error.WriteLine(
                $"{written.Attacks:N0} attacks and {written.Ordinary:N0} ordinary launches → {target}{(labels.Found == labels.Count ? "" : $"; {labels.Count - labels.Found:N0} labels are of launches that the telemetry does not have")}");
            return written.Unread.Report(console, Verb.Success);
        }));
        return command;
    }

    private static async Task<(long Attacks, long Ordinary, UnreadRecords Unread)> WriteAsync(
        IReadOnlyList<RecordedFile> recorded, LabelFile labels, string target, IReadOnlyList<string> inputs, string recording,
        bool listedOnly, CancellationToken cancellationToken)
    {
        await using var file = OutputFiles.Create(target, inputs);
        var (attacks, ordinary) = (0L, 0L);
        UnreadRecords unread;
        await using (var zip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            unread = await Task.Run(
                () => ForEachLaunch(
                    recorded,
                    (launch, place) =>
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        var label = labels.Find(launch);
                        if (label is null && listedOnly) return;
                        zip.Write(CorpusRowWriter.Write(launch, label, recording, place));
                        zip.WriteByte((byte)'\n');
                        if (label is { Label: 1 }) attacks++;
                        else ordinary++;
                    }),
                cancellationToken);
        }

        if (labels.Found == 0)
            throw new CliException("none of the labelled launches is in the telemetry; pass the files that the labels were made for.");
        file.Keep();
        return (attacks, ordinary, unread);
    }

    private static UnreadRecords ForEachLaunch(IReadOnlyList<RecordedFile> files, Action<ProcessEvent, string> act)
    {
        var reader = new MessageReader(new MessageLimits());
        var (read, unread, example) = (0L, 0L, (string?)null);
        foreach (var (file, message) in TelemetryFiles.Messages(files))
        {
            var outcomes = message.Damage is null ? reader.Read(message.Body) : [];
            if (message.Damage is { } damage)
            {
                unread++;
                example ??= $"{file.Name}:{message.Number} ({damage})";
            }

            for (var record = 0; record < outcomes.Count; record++)
            {
                var place = $"{file.Name}:{message.Number}" + (record == 0 ? "" : $":{record}");
                if (outcomes[record] is RecordOutcome.Unreadable failed)
                {
                    unread++;
                    example ??= $"{place} ({failed.Reason})";
                    continue;
                }

                read++;
                if (outcomes[record] is RecordOutcome.Read { Event: var launch }) act(launch, place);
            }
        }

        return new UnreadRecords(read, unread, example);
    }
}
