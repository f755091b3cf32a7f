using System.Text.Json;
using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Cli.Detections;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Cli.Exceptions;

/// <summary>
/// Findings that an earlier run wrote (<c>backtest --output</c>, <c>tail</c>), as the alerts that an exception is tested on. Those of the
/// learning period are among them.
/// </summary>
internal static class KeptFindings
{
    private const char Beginning = '{';

    /// <summary>Whether a file holds detections and not telemetry: its first line is one of Changeling's messages.</summary>
    public static async Task<bool> IsInAsync(string file, CliConsole console, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) return false;
        using var reader = new StreamReader(file);
        if (reader.Peek() != Beginning || await reader.ReadLineAsync(cancellationToken) is not { } line) return false;
        try
        {
            using var message = JsonDocument.Parse(line);
            return message.RootElement.Text("metadata", "product", "name") == Product
                || message.RootElement.At("changeling", "evidence") is not null
                || message.RootElement.At("changeling", "incident") is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads the findings; messages about incidents are left out, because their findings are there too.</summary>
    /// <param name="files">Files of detections.</param>
    /// <param name="truth">The ground truth, if it is known.</param>
    /// <param name="console">The console.</param>
    /// <param name="cancellationToken">Stops between lines.</param>
    /// <exception cref="CliException">A line is not a detection.</exception>
    public static async Task<IReadOnlyList<Alert>> ReadAsync(
        IEnumerable<string> files, Truth? truth, CliConsole console, CancellationToken cancellationToken)
    {
        var findings = new Dictionary<string, Alert>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            await foreach (var message in DetectionFile.ReadAsync(file, console, cancellationToken))
            {
                if (FindingView.TryRead(message) is { } view) findings[view.Id] = Of(message, view, truth);
            }
        }

        return [.. findings.Values];
    }

    private const string Product = "Changeling";

    private static Alert Of(JsonElement message, FindingView view, Truth? truth)
    {
        var step = Guid.TryParse(view.Id, out var uid) ? truth?.Find(uid) : null;
        var clock = message.Time("time") ?? message.Time("@timestamp") ?? view.Time;
        var launch = FindingLaunch.Of(message);
        var report = new DetectionReport(
            view.Id,
            [.. view.Rules.Select(r => r.Id)],
            clock,
            launch?.Host.Name ?? "",
            launch is { Parent: { } parent } ? Lineage.Of(parent.Name, launch.Child.Name).ToString() : view.What,
            0,
            null,
            step?.Chain,
            Cluster: view.Cluster is null ? null : ClusterOf(message, view));
        return new Alert(report, step, launch, clock);
    }

    private static ClusterReport? ClusterOf(JsonElement message, FindingView view)
    {
        var cluster = message.Items("evidences").FirstOrDefault().At("data", "cluster")
            ?? message.At("changeling", "evidence", "cluster");
        return cluster?.Text("by") is { } by && cluster.Value.Text("entity") is { } entity
            ? new ClusterReport(by, entity, view.Time, cluster.Value.Whole("launches") ?? 0, 0, 0, null)
            : null;
    }
}
