using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Cli.Tests.Demo;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.HubStandIn;
using Changeling.Operations;
using Changeling.Pipeline;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Operations;

/// <summary>The operators' commands on a real emulator, on counts that the real function app made.</summary>
public sealed partial class OperationsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();
    private readonly string _baseline = AzuriteFixture.UniqueName("ops");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageClients Clients => new(new StorageOptions { ConnectionString = _account });

    [Fact]
    public async Task Replayed_counts_do_not_depend_on_the_cut_and_are_verified_exported_imported_and_reset()
    {
        var file = SmallTelemetry.WriteTo(_folder);
        string[] noDecay = ["--half-life-days", "0", "--launches-per-host", "0"];

        var one = (await ReplayAsync(file, _baseline, "4", "1000")).Succeeded();
        var other = (await ReplayAsync(file, _baseline + "b", "3", "7")).Succeeded();
        Assert.Equal(Counts().Match(one.Output).Value, Counts().Match(other.Output).Value);
        Assert.Contains("equal to", one.Output, StringComparison.Ordinal);

        // The account keeps the checkpoints of the run before; the hub of this one begins again.
        var again = (await ReplayAsync(file, _baseline + "c", "4", "1000")).Succeeded();
        Assert.Equal(Counts().Match(one.Output).Value, Counts().Match(again.Output).Value);

        Assert.Contains(
            "equals a plain count",
            (await RunAsync(_baseline, ["baseline", "verify", file, .. noDecay])).Succeeded().Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "\"children\":[{",
            (await RunAsync(_baseline, "baseline", "show", "explorer.exe", "--json")).Succeeded().Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "\"history\":{\"learning\":1}",
            (await RunAsync(_baseline, "baseline", "show", "explorer.exe", "--json")).Succeeded().Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "history thin",
            (await RunAsync(_baseline, "baseline", "show", "explorer.exe", "--emit-after", "0")).Succeeded().Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "rarest recent lineages", (await RunAsync(_baseline, "baseline", "top")).Succeeded().Output, StringComparison.Ordinal);

        (await RunAsync(_baseline, "baseline", "export", "-o", "counts.jsonl.gz")).Succeeded();
        var copy = _baseline + "copy";
        (await RunAsync(copy, "baseline", "import", "counts.jsonl.gz", "--half-life-days", "0")).Succeeded();
        Assert.Contains(
            "equals a plain count",
            (await RunAsync(copy, ["baseline", "verify", file, .. noDecay])).Succeeded().Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "were imported before",
            (await RunAsync(copy, "baseline", "import", "counts.jsonl.gz")).Succeeded().Output,
            StringComparison.Ordinal);

        (await RunAsync(copy, "baseline", "reset")).RefusedWith("pass --yes");
        (await RunAsync(copy, "baseline", "reset", "--yes")).Succeeded();
        (await RunAsync(copy, ["baseline", "verify", file, .. noDecay])).FailedWith("differs from a plain count");
    }

    [Fact]
    public async Task A_table_that_decays_and_limits_hosts_is_verified_with_the_defaults_of_the_app()
    {
        var file = _folder.Write("three-days.jsonl", ThreeDays());
        await CountAsync(file);

        (await RunAsync(_baseline, "baseline", "verify", file)).Succeeded();
        Assert.Contains(
            "history settled", (await RunAsync(_baseline, "baseline", "show", "p.exe")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains(
            "history learning",
            (await RunAsync(_baseline, "baseline", "show", "p.exe", "--emit-after", "100")).Succeeded().Output,
            StringComparison.Ordinal);
        (await RunAsync(_baseline, "baseline", "verify", file, "--launches-per-host", "0")).FailedWith("differs");
        var all = Encoding.UTF8.GetString(_folder.Read(file));
        _folder.Write("short.jsonl", Encoding.UTF8.GetBytes(all[..(all.TrimEnd().LastIndexOf('\n') + 1)]));
        (await RunAsync(_baseline, "baseline", "verify", "short.jsonl")).FailedWith("stands at 899-0, the files end at 898-0");
    }

    [Fact]
    public async Task An_import_that_is_killed_in_the_middle_goes_on_and_counts_each_launch_once()
    {
        const int Parents = 60;
        var row = (int i) => new CountRow($"c{i % 100}.exe", LaunchCount.One, 20_000, Some.Time, Some.Time);
        var launches = Enumerable.Range(0, Parents * 100).SelectMany(i => BaselineFile.Row($"p{i / 100}.exe", row(i)));
        var source = new EventPartition("telemetry", "0");
        _folder.Write("large.jsonl", [
            .. BaselineFile.Header("elsewhere", "default", Some.Time),
            .. BaselineFile.Begin(source, new Watermark(new Position(0, 9, 0), Some.Time, Some.Time)),
            .. launches, .. BaselineFile.End(Parents * 100, hasMoved: false), .. BaselineFile.EndOfFile(1)]);
        var (rows, target) = (LineageRows.Open(Clients), new BaselinePartition(_baseline, source));
        string[] import = ["baseline", "import", "large.jsonl", "--baseline", _baseline, "--connection-string", _account];

        ImportNote? note = null;
        using (var process = CommandProcess.Start(CommandProcess.Info(_folder, import)))
        {
            while (note is null && !process.HasExited) note = await rows.ReadImportAsync(target, "elsewhere:default:telemetry/0", Token);
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        var half = await rows.ReadImportAsync(target, "elsewhere:default:telemetry/0", Token);
        (await Terminal.RunAsync(_folder, import)).Succeeded();

        Assert.InRange(half!.Rows, 1, (Parents * 100) - 1);
        Assert.False(half.IsDone);
        var counted = await rows.LaunchesAsync(target, Token).Select(e => e.Row.Count.Launches).ToListAsync(Token);
        Assert.Equal((Parents * 100, Parents * 100.0), (counted.Count, counted.Sum()));
    }

    [Fact]
    public async Task A_file_that_was_cut_is_not_imported()
    {
        _folder.Write("cut.jsonl", "{\"schema\":\"changeling.baseline/1\",\"account\":\"a\",\"baseline\":\"b\"}\n"u8);
        _folder.Write("newer.jsonl", "{\"schema\":\"changeling.baseline/2\"}\n"u8);

        (await RunAsync(_baseline, "baseline", "import", "cut.jsonl")).RefusedWith("cut.jsonl", "before its end");
        (await RunAsync(_baseline, "baseline", "import", "newer.jsonl")).RefusedWith("changeling.baseline/2", "this program reads");
        (await RunAsync(_baseline, "baseline", "show", "cmd.exe")).RefusedWith("contains no counts");
    }

    [Fact]
    public async Task Dead_letters_are_listed_shown_safely_taken_out_and_forgotten()
    {
        await Clients.CreateOnEmulatorAsync(Token);
        var letters = new DeadLetterBlobs(Clients.Blobs());
        var hub = new EventPartition(AzuriteFixture.UniqueName("hub"), "1");
        DeadLetter[] some =
        [
            Letter(1, "unknown_format", "{\"user\":\"mara.lind\",\n\"x\":1}"u8.ToArray()),
            Letter(2, "not_json", "mara.lindgren \u001b[31m"u8.ToArray()),
            Letter(3, "bad_gzip", [0x1F, 0x8B, 0xFF]),
        ];
        await letters.WriteAsync(hub, some, Token);
        var blob = DeadLetterBlobs.NameOf(hub, some);
        await CommitAsync(
            new BaselinePartition(_baseline, hub), [], Detection("mara.lind", 40), Detection("mara.lind", 0), Detection("other", 40));

        var list = (await LettersAsync("list")).Succeeded().Output;
        var show = (await LettersAsync("show", blob)).Succeeded().Output;
        var retry = (await LettersAsync("retry", blob, "-o", "again.jsonl")).Succeeded().Output;
        var dry = (await RunAsync(_baseline, "forget", "--user", "mara.lind", "--dry-run")).Succeeded().Output;
        (await RunAsync(_baseline, "forget", "--user", "mara.lind")).RefusedWith(" stores about mara.lind", "--yes");
        var forgot = (await RunAsync(_baseline, "forget", "--user", "mara.lind", "--yes")).Succeeded().Output;

        Assert.Contains("not_json 1", list, StringComparison.Ordinal);
        Assert.Contains("\\u001b[31m", show, StringComparison.Ordinal);
        Assert.Contains("1f 8b ff", show, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", show, StringComparison.Ordinal);
        Assert.Contains("1 messages", retry, StringComparison.Ordinal);
        Assert.Equal("{\"user\":\"mara.lind\", \"x\":1}\n", Encoding.UTF8.GetString(_folder.Read("again.jsonl")));
        Assert.Equal(2, (await File.ReadAllLinesAsync(_folder["again.jsonl.base64"], Token)).Length);
        Assert.Contains("would delete: 0 rows of hosts and users, 1 detections, 1 dead letters", dry, StringComparison.Ordinal);
        Assert.Contains("deleted: 0 rows of hosts and users, 1 detections, 1 dead letters", forgot, StringComparison.Ordinal);
        Assert.Contains("kept: 1 rows", forgot, StringComparison.Ordinal);
        Assert.Equal([2L, 3L], (await letters.ReadAsync(blob, Token))!.Select(l => l.Position.SequenceNumber));
        Assert.Contains(
            "1 detections, 0 dead",
            (await RunAsync(_baseline, "forget", "--user", "mara.lind", "--now", "--yes")).Succeeded().Output,
            StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(Token);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DeadLetter Letter(long number, string reason, byte[] body) =>
        new(new Position(0, number, 0), Some.Time, reason, "what is wrong", DeadBody.OfMessage(body));

    private static StoredDetection Detection(string user, int daysAgo) => new(
        new Position(0, user.Length + daysAgo, 0), "rule", Encoding.UTF8.GetBytes($"{{\"user\":{{\"name\":\"{user}\"}}}}"))
    {
        EnqueuedTime = Some.Time.AddDays(-daysAgo),
    };

    /// <summary>
    /// A rare child a few times a day on one host beside a usual one, in one event partition, so that decay and the host's allowance both
    /// show.
    /// </summary>
    private static byte[] ThreeDays()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 900; i++)
        {
            var child = i is (>= 400 and < 408) or (>= 700 and < 704) ? "rare.exe" : "usual.exe";
            lines.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{{\"@timestamp\":\"{Some.Time.AddMinutes(i * 5):O}\",\"event\":{{\"kind\":\"event\",\"category\":[\"process\"],\"type\":[\"start\"]}},\"ecs\":{{\"version\":\"8.11\"}},\"host\":{{\"name\":\"ws-1\",\"os\":{{\"type\":\"windows\"}}}},\"process\":{{\"name\":\"{child}\",\"executable\":\"C:\\\\x\\\\{child}\",\"pid\":{i + 1},\"parent\":{{\"name\":\"p.exe\",\"executable\":\"C:\\\\x\\\\p.exe\",\"pid\":4}}}}}}\n");
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    [Fact]
    public async Task Replay_writes_the_incident_of_an_attack_beside_its_findings()
    {
        (await ReplayAsync(RepositoryRoot.Combine("samples", "small-fleet.jsonl.gz"), _baseline, "4", "1000")).Succeeded();

        var messages = File.ReadLines(_folder["detections.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var incident = messages.First(m => m.GetProperty("class_uid").GetInt32() == 2005);
        var steps = incident.GetProperty("finding_info_list").EnumerateArray().Select(f => f.GetProperty("uid").GetString());
        Assert.Equal("Create", incident.GetProperty("activity_name").GetString());
        var findings = messages.Where(m => m.GetProperty("class_uid").GetInt32() == 2004)
            .Select(m => m.GetProperty("finding_info").GetProperty("uid").GetString());
        Assert.Empty(steps.Except(findings));
    }

    /// <summary>The pipeline itself with the app's defaults, in one partition as 'replay' keys it.</summary>
    private async Task CountAsync(string file)
    {
        var bodies = JsonValueSplitter.Split(_folder.Read(file)).Select(v => v.Value).ToList();
        var messages = bodies.Select((body, i) => new TelemetryMessage(i, Some.Time.AddMinutes(i * 5), body)).ToList();
        var partition = new EventPartition(
            "telemetry", new HubDefinition("telemetry", 4).PartitionOf("ws-1").ToString(System.Globalization.CultureInfo.InvariantCulture));
        var pipeline = new BatchPipeline(
            LineageTable.Open(Clients), new DeadLetterBlobs(Clients.Blobs()), new PipelineSettings { BaselineName = _baseline });
        var snapshot = new PipelineSnapshot(new WordModel(), Priors.Small, Changeling.Rules.RuleSet.Shipped);
        foreach (var some in messages.Chunk(300)) await pipeline.ProcessAsync(new EventBatch(partition, some), snapshot, Token);
    }

    private async Task CommitAsync(
        BaselinePartition partition,
        IReadOnlyList<(string, CountRow)> rows,
        params StoredDetection[] detections) => await LineageTable.Open(Clients).CommitAsync(
        partition, new BaselineCommit(null, new Watermark(new Position(0, 100, 0), Some.Time, Some.Time), rows, detections), Token);

    private Task<Outcome> ReplayAsync(string file, string baseline, string partitions, string batch) => Terminal.RunAsync(
        _folder, "replay", file, "--partitions", partitions, "--batch-size", batch, "--baseline", baseline, "--connection-string",
        _account);

    private Task<Outcome> RunAsync(string baseline, params string[] arguments) =>
        Terminal.RunAsync(_folder, [.. arguments, "--baseline", baseline, "--connection-string", _account]);

    private Task<Outcome> LettersAsync(params string[] arguments) =>
        Terminal.RunAsync(_folder, ["deadletters", .. arguments, "--connection-string", _account]);

    [GeneratedRegex(@"[\d,]+ launches in [\d,]+ lineages")]
    private static partial Regex Counts();
}
