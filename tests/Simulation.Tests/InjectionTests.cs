using System.Text;
using System.Text.Json;
using Changeling.Events;
using Changeling.Simulation.Injection;

namespace Changeling.Simulation.Tests;

/// <summary>Rows of a corpus on simulated hosts; all rows here are made up.</summary>
public class InjectionTests
{
    private static readonly IReadOnlyList<InjectedRow> Rows =
    [
        Row("lab/chain-a", 1, "winword.exe", "cmd.exe", "cmd.exe /c whoami", "2020-01-01T10:00:00Z", guid: "{b}", parentGuid: "{a}"),
        Row("lab/chain-a", 1, "cmd.exe", "whoami.exe", "whoami", "2020-01-01T10:00:07.250Z", guid: "{c}", parentGuid: "{b}"),
        Row(
            "lab/chain-a",
            1,
            "cmd.exe",
            "reg.exe",
            " reg  save hklm\\sam C:\\Temp\\s ",
            "2020-01-01T10:30:00Z",
            guid: "{d}",
            parentGuid: "{b}",
            host: "LAB2"),
        Row("lab/chain-a", null, "cmd.exe", "unclear.exe", "unclear", "2020-01-01T10:31:00Z"),
        Row("lab/chain-b", 1, "svchost.exe", "rundll32.exe", "rundll32 x.dll,Start", "2021-05-05T01:00:00Z", user: @"NT AUTHORITY\SYSTEM"),
        Row("rules/agent", 0, "agent.exe", "powershell.exe", "powershell -enc AAAA", null),
        Row("rules/agent", 0, "agent.exe", "cmd.exe", "", null),
    ];

    private static readonly SimulationOptions Options = new()
    {
        Hosts = 9,
        Hours = 30,
        Attacks = 0,
        Injection = new InjectionOptions { Rows = Rows, Rate = 2 },
    };

    private static readonly Lazy<IReadOnlyList<SimulatedEvent>> LazyEvents = new(() => FleetSimulator.Run(Options));

    private static IReadOnlyList<SimulatedEvent> Injected => [.. LazyEvents.Value.Where(e => e.Injected is not null)];

    [Fact]
    public void A_chain_keeps_its_order_and_its_gaps()
    {
        var chain = Chain("lab/chain-a");

        Assert.Equal([1, 2, 3], chain.Select(e => e.Attack!.Order));
        Assert.Equal(["cmd.exe", "whoami.exe", "reg.exe"], chain.Select(e => e.Event.Child.Name));
        Assert.Equal(
            [TimeSpan.FromMilliseconds(7_250), TimeSpan.FromMinutes(30)],
            chain.Skip(1).Select(e => e.Event.Time - chain[0].Event.Time));
    }

    [Fact]
    public void Chains_begin_only_after_the_quiet_hours() =>
        Assert.All(
            Injected.Where(e => e.Attack is not null),
            e => Assert.True(e.Event.Time >= Options.Start.AddHours(SimulationOptions.QuietHours)));

    [Fact]
    public void Steps_on_one_recorded_host_share_a_simulated_host_and_another_recorded_host_is_another()
    {
        var chain = Chain("lab/chain-a");

        Assert.Equal(chain[0].HostIndex, chain[1].HostIndex);
        Assert.NotEqual(chain[0].HostIndex, chain[2].HostIndex);
    }

    [Fact]
    public void A_step_s_parent_is_the_chain_s_own_start_with_the_simulated_host_s_process_id()
    {
        var chain = Chain("lab/chain-a");

        Assert.Equal(chain[0].Event.Child.Pid, chain[1].Event.Parent!.Pid);
        Assert.Equal(chain[0].Event.Child.Guid, chain[1].Event.Parent!.Guid);
        Assert.NotEqual(1234u, chain[0].Event.Child.Pid);
    }

    [Fact]
    public void The_parent_that_ran_before_the_chain_is_named_but_no_event_tells_of_its_start()
    {
        var first = Chain("lab/chain-a")[0];

        Assert.Equal(("winword.exe", @"C:\Program\winword.exe"), (first.Event.Parent!.Name, first.Event.Parent.Path));
        Assert.DoesNotContain(LazyEvents.Value, e => e.Event.Child.Guid == first.Event.Parent.Guid);
    }

    [Fact]
    public void People_become_the_simulated_host_s_and_service_accounts_stay()
    {
        var host = Chain("lab/chain-a")[0];

        Assert.DoesNotContain("LAB", host.Event.Host.Name, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("CORP", host.Event.User!.Domain);
        Assert.Equal("SYSTEM", Chain("lab/chain-b")[0].Event.User!.Name);
    }

    [Fact]
    public void Look_alikes_come_at_their_rate_on_each_host_and_day()
    {
        var byHostAndDay = Injected.Where(e => e.Injected!.Label == 0)
            .CountBy(e => (e.HostIndex, (e.Event.Time - Options.Start).Days))
            .ToDictionary();

        Assert.Equal(9, byHostAndDay.Keys.Select(k => k.HostIndex).Distinct().Count());
        Assert.All(byHostAndDay, day => Assert.Equal(2, day.Value));
        Assert.All(Injected.Where(e => e.Injected!.Label == 0), e => Assert.Null(e.Attack));
    }

    [Fact]
    public void A_look_alike_comes_again_only_after_all_others_whatever_host_and_day()
    {
        const int Hosts = 6;
        var options = Options with
        {
            Hosts = Hosts,
            Hours = 7 * 24,
            Injection = new InjectionOptions
            {
                Rows = [.. Enumerable.Range(0, 20).Select(i => Row("rules/agent", 0, "agent.exe", "cmd.exe", $"cmd.exe /c job {i}", null))],
            },
        };

        var commands = FleetSimulator.Run(options).Where(e => e.Injected is not null)
            .GroupBy(e => (e.Event.Time - options.Start).Days, e => e.Event.Child.CommandLine!)
            .OrderBy(day => day.Key).Select(day => day.ToList()).ToList();

        Assert.All(commands.SelectMany(day => day).CountBy(c => c), c => Assert.InRange(c.Value, 2, 3));
        Assert.Equal(3 * Hosts, commands.Take(3).SelectMany(day => day).Distinct().Count());
    }

    [Fact]
    public void A_row_without_a_label_is_never_placed() =>
        Assert.DoesNotContain(LazyEvents.Value, e => e.Event.Child.Name == "unclear.exe");

    [Fact]
    public void The_truth_names_each_injected_start_with_label_and_dataset()
    {
        var lines = GroundTruth.Lines(LazyEvents.Value).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(Injected.Select(e => e.Event.SourceIdentity), lines.Select(line => line.GetProperty("identity").GetString()));
        Assert.Equal(Injected.Select(e => e.Injected!.Label), lines.Select(line => line.GetProperty("label").GetInt32()));
        Assert.Equal(Injected.Select(e => e.Injected!.Dataset), lines.Select(line => line.GetProperty("dataset").GetString()));
        Assert.All(
            lines,
            line => Assert.Equal(line.GetProperty("label").GetInt32() == 1, line.GetProperty("chain").ValueKind == JsonValueKind.String));
    }

    [Fact]
    public void The_same_seed_places_the_same_rows_alike_and_another_seed_otherwise()
    {
        Assert.Equal(Fleets.Digest(Options), Fleets.Digest(Options));
        Assert.NotEqual(
            Chain("lab/chain-b")[0].Event.Time,
            FleetSimulator.Run(Options with { Seed = 2 }).First(e => e.Injected?.Dataset == "lab/chain-b").Event.Time);
    }

    [Theory]
    [InlineData(SourceFormats.Winlogbeat)]
    [InlineData(SourceFormats.DefenderXdr)]
    [InlineData(SourceFormats.Ecs)]
    [InlineData(SimulationOptions.MixedFormats)]
    public void What_is_injected_is_read_back_field_by_field(string format)
    {
        var reader = new MessageReader(new MessageLimits());

        var messages = TelemetryWriter.Write(FleetSimulator.Run(Options with { Format = format }));

        foreach (
            var (expected, outcome) in messages.SelectMany(m => m.Events.Zip(reader.Read(m.Body)))
                .Where(pair => pair.First.Injected is not null))
        {
            Assert.Equal(expected.Event, Assert.IsType<RecordOutcome.Read>(outcome).Event);
        }
    }

    [Fact]
    public void A_recording_longer_than_the_simulation_is_played_faster_and_stays_whole()
    {
        var rows = new[] { "2020-01-01T00:00:00Z", "2020-01-05T00:00:00Z", "2020-01-09T00:00:00Z" }
            .Select((time, i) => Row("lab/long", 1, "cmd.exe", $"step{i}.exe", "step", time)).ToList();

        var events = FleetSimulator.Run(Options with { Injection = new InjectionOptions { Rows = rows } })
            .Where(e => e.Attack is not null)
            .ToList();

        Assert.Equal([1, 2, 3], events.Select(e => e.Attack!.Order));
    }

    [Fact]
    public void With_a_limit_whole_chains_are_left_out()
    {
        var events = FleetSimulator.Run(Options with { Injection = Options.Injection! with { MaxChains = 1, Rate = 0 } })
            .Where(e => e.Injected is not null)
            .ToList();

        var dataset = Assert.Single(events.Select(e => e.Injected!.Dataset).Distinct());
        Assert.Equal(Chain(dataset).Count, events.Count);
    }

    [Fact]
    public void Options_that_cannot_be_are_named()
    {
        Assert.Contains(
            "rate", (Options with { Injection = Options.Injection! with { Rate = -1 } }).FindProblem(), StringComparison.Ordinal);
        Assert.Contains(
            "hour 30 of 30",
            (Options with { Injection = Options.Injection! with { AfterHours = 30 } }).FindProblem(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "process_name")]
    [InlineData("rubbish", "no row of a corpus")]
    [InlineData("""{"process_name":"cmd.exe"}""", "dataset")]
    public void A_line_that_is_no_row_is_refused_with_a_reason(string line, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<InvalidDataException>(() => InjectedRowReader.Read(Encoding.UTF8.GetBytes(line))).Message,
            StringComparison.Ordinal);

    private static List<SimulatedEvent> Chain(string dataset) => [.. Injected.Where(e => e.Injected!.Dataset == dataset)];

    private static InjectedRow Row(
        string dataset, int? label, string parent, string child, string commandLine, string? time, string? guid =
            null, string? parentGuid = null, string host = "LAB1", string user = @"LAB1\tester") =>
        InjectedRowReader.Read(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
        {
            ["dataset"] = dataset,
            ["label"] = label,
            ["time"] = time,
            ["host"] = host,
            ["user"] = user,
            ["integrity_level"] = "High",
            ["process_name"] = child,
            ["process_executable"] = $@"C:\Program\{child}",
            ["command_line"] = commandLine.Length == 0 ? null : commandLine,
            ["parent_name"] = parent,
            ["parent_executable"] = $@"C:\Program\{parent}",
            ["parent_command_line"] = null,
            ["process_guid"] = guid,
            ["parent_process_guid"] = parentGuid,
            ["pid"] = guid is null ? null : 1234,
            ["technique"] = label == 1 ? new[] { "T1059" } : null,
            ["weak"] = false,
        }));
}
