using System.Text;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Backtest.Thresholds;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Rarity;
using Changeling.RecordedFiles;
using Changeling.Rules;
using Changeling.Scoring;
using Changeling.Simulation;
using Changeling.TestSupport;

namespace Changeling.Backtest.Tests;

/// <summary>A simulated fleet in a file, with what really happened, and the shipped model and prior to run it through.</summary>
internal sealed class SimulatedHistory : IDisposable
{
    public const string File = "fleet.jsonl";

    private static readonly MlModel Model = new(ModelPackage.ReadFile(RepositoryRoot.Combine("models", "lotl.zip")));
    private static readonly Prior Prior = PriorFile.Read(RepositoryRoot.Combine("models", "prior.json"));

    public SimulatedHistory(SimulationOptions options)
    {
        var events = FleetSimulator.Run(options);
        Folder.Write(File, [.. TelemetryWriter.Write(events).SelectMany(message => message.Body.ToArray().Append((byte)'\n'))]);
        Attacks = [.. events.Where(e => e.Attack is not null).Select(e => e.Event)];
        Truth = Truth.Read("truth.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', GroundTruth.Lines(events))));
    }

    public Scratch Folder { get; } = new();

    public Truth Truth { get; }

    /// <summary>The attackers' launches.</summary>
    public IReadOnlyList<ProcessEvent> Attacks { get; }

    /// <summary>How the history is sent.</summary>
    public BacktestOptions Options(int learningHours, Budget? budget = null, AlertKind alerts = AlertKind.Incidents) => new()
    {
        Alerts = alerts,
        Files = [RecordedFile.OnDisk(Folder[File])],
        EmitAfter = TimeSpan.FromHours(learningHours),
        Partitions = 4,
        Budget = budget,
    };

    public static PipelineSnapshot Snapshot(RuleSet? rules = null) => new(Model, Prior, rules ?? RuleSet.Shipped);

    /// <summary>The report as the file has it.</summary>
    public static byte[] Json(BacktestReport report)
    {
        using var file = new MemoryStream();
        report.WriteTo(file);
        return file.ToArray();
    }

    public void Dispose() => Folder.Dispose();
}
