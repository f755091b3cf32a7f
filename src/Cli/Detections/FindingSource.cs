using System.CommandLine;
using System.Text.Json;
using Changeling.Backtest.Reports;
using Changeling.Cli.Baseline;
using Changeling.Cli.Models;
using Changeling.Operations;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Cli.Detections;

/// <summary>
/// Finds a finding by its id: in a file of detections, as <c>backtest --output</c>, <c>tail</c> and <c>replay</c> write, in a report of
/// <c>backtest --json</c>, or in the table of an app.
/// </summary>
internal sealed class FindingSource(CliConsole console, StorageAccount account)
{
    private readonly Option<string[]> _files = new Option<string[]>("--in")
    {
        Description = "Files of detections, for example of 'backtest --output', or reports of 'backtest --json'. Default: the findings that the account keeps.",
        HelpName = "detections.jsonl",
    }.AsPaths(console);

    private readonly Option<string> _baseline = new("--baseline")
    {
        Description = "Name of the set of counts in the account: Baseline:Name of the app.",
        DefaultValueFactory = _ => "default",
        HelpName = "NAME",
    };

    /// <summary>Adds the options; those of the account must be there or be added beside.</summary>
    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_baseline);
    }

    /// <summary>Finds it.</summary>
    /// <exception cref="CliException">There is none, or it is not about one launch.</exception>
    public async Task<JsonElement> FindAsync(ParseResult parsed, string id, CancellationToken cancellationToken)
    {
        var files = parsed.GetValue(_files) ?? [];
        var found = files.Length > 0
            ? await InFilesAsync(files, id, cancellationToken)
            : await InAccountAsync(parsed, id, cancellationToken);
        if (found is not { } finding)
        {
            throw new CliException(
                $"there is no finding {Printable.Of(id)} in {(files.Length > 0 ? string.Join(", ", files) : "the account")}; a finding has its id in finding_info.uid (OCSF) or event.id (ECS).");
        }

        return FindingView.TryRead(finding) is { Cluster: not null }
            ? throw new CliException($"finding {id} is about many launches, so there is no launch to take; name a finding about one.")
            : finding;
    }

    private async Task<JsonElement?> InFilesAsync(string[] files, string id, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            InputFiles.Require([file]);
            var content = await InputFiles.ReadAsync(file, console, cancellationToken);
            var found = BacktestReport.IsReport(content.Span)
                ? InReport(file, BacktestReport.Read(file, content.Span), id)
                : DetectionFile.Messages(file, content).Where(message => Is(message, id)).Select(m => (JsonElement?)m).FirstOrDefault();
            if (found is not null) return found;
        }

        return null;
    }

    private static JsonElement? InReport(string file, BacktestReport report, string id)
    {
        foreach (var message in report.FindingMessages)
        {
            if (Is(message, id)) return message;
        }

        if (report.Detections.Any(d => d.Incident?.Uid == id))
            throw new CliException($"{id} is an incident; name one of its findings, the steps with a rule.");
        return report.Detections.Any(d => d.Uid == id || d.Incident?.Steps.Any(step => step.IsFinding && step.Uid == id) == true)
            ? throw new CliException($"{file} names finding {id} without its launch; pass the file that 'backtest --output' wrote.")
            : null;
    }

    private async Task<JsonElement?> InAccountAsync(ParseResult parsed, string id, CancellationToken cancellationToken)
    {
        try
        {
            var (clients, _) = await account.ConnectAsync(parsed, cancellationToken);
            var rows = LineageRows.Open(clients);
            return await RowProgress.RunAsync(console, "search", 0, async progress =>
            {
                var searched = 0L;
                foreach (var partition in await rows.FindPartitionsAsync(parsed.GetRequiredValue(_baseline), cancellationToken))
                {
                    await foreach (var entry in rows.DetectionsAsync(partition, cancellationToken))
                    {
                        progress.Report(++searched);
                        using var json = JsonDocument.Parse(entry.Detection.Body);
                        if (Is(json.RootElement, id)) return json.RootElement.Clone();
                    }
                }

                return (JsonElement?)null;
            });
        }
        catch (StoreUnavailableException exception) when (StorageAccount.Refusal(exception) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Whether a message is the finding; an incident is not, though its id may be asked for.</summary>
    private static bool Is(JsonElement message, string id)
    {
        if (FindingView.TryRead(message)?.Id.Equals(id, StringComparison.OrdinalIgnoreCase) == true) return true;
        if (message.Whole("class_uid") == 2005 && message.Text("metadata", "correlation_uid") == id)
            throw new CliException($"{id} is an incident; name one of its findings, which finding_info_list lists.");
        return false;
    }
}
