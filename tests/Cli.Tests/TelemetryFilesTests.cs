using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Changeling.Storage;
using Changeling.TestSupport;
using Changeling.TestSupport.EventLogs;

namespace Changeling.Cli.Tests;

/// <summary>Every command that reads telemetry reads it from all kinds of files, and says what it could not read.</summary>
public sealed class TelemetryFilesTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly Scratch _folder = new();

    [Theory]
    [InlineData("Security.evtx")]
    [InlineData("export.csv")]
    [InlineData("telemetry.zip")]
    [InlineData("capture.avro")]
    public async Task A_launch_has_the_same_score_in_every_kind_of_file(string file)
    {
        Write();
        _folder.Write("plain.xml", Encoding.UTF8.GetBytes(LoggedLaunch.Xml("winevent-xml")));

        var expected = Scores((await Terminal.RunAsync(_folder, "score", file == "export.csv" ? "row.json" : "plain.xml")).Succeeded());
        var actual = Scores((await Terminal.RunAsync(_folder, "score", file)).Succeeded());

        Assert.Equal(expected, actual);
        Assert.All(actual, probability => Assert.InRange(probability, 0.9, 1));
    }

    [Theory]
    [InlineData("Security.evtx", "1")]
    [InlineData("export.csv", "2")]
    [InlineData("telemetry.zip/logs/Security.evtx", "1")]
    [InlineData("capture.avro", "1")]
    public async Task One_event_of_such_a_file_can_be_explained(string file, string number)
    {
        Write();

        var outcome = (await Terminal.RunAsync(_folder, "explain", $"{file}:{number}", "--json")).Succeeded();

        Assert.Contains("certutil.exe", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_an_archive_with_many_files_is_asked_for_by_its_file()
    {
        Write();
        using (var archive = ZipFile.Open(_folder["telemetry.zip"], ZipArchiveMode.Update)) archive.CreateEntry("second.jsonl");

        (await Terminal.RunAsync(_folder, "explain", "telemetry.zip")).FailedWith("telemetry.zip/logs/Security.evtx");
    }

    [Theory]
    [InlineData("sources", "Security.evtx")]
    [InlineData("backtest", "Security.evtx")]
    [InlineData("sources", "capture.avro")]
    [InlineData("backtest", "capture.avro")]
    public async Task An_unreadable_part_is_said_at_the_end(string command, string file)
    {
        Write();
        var log = EventLogWriter.Log([LoggedLaunch.Of("winevent-xml"), w => w.Add(0x77, 0x77), LoggedLaunch.Of("winevent-xml.sysmon")]);
        _folder.Write("Security.evtx", log);
        var body = Encoding.UTF8.GetBytes(LoggedLaunch.Xml("winevent-xml"));
        _folder.Write("capture.avro", CaptureWriter.File([(1, Start, body), (2, Start, body), (3, Start, "no telemetry"u8.ToArray())]));

        var outcome = await Terminal.RunAsync(_folder, command, file);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("1 of 3 records could not be read", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_names_the_damage_and_its_place()
    {
        _folder.Write("a.evtx", EventLogWriter.Log([LoggedLaunch.Of("winevent-xml"), w => w.Add(0x77, 0x77)]));

        var outcome = (await Terminal.RunAsync(_folder, "score", "a.evtx")).Succeeded();

        using var damaged = JsonDocument.Parse(outcome.Output.Split('\n')[1]);
        Assert.Equal(2, damaged.RootElement.GetProperty("line").GetInt32());
        var error = damaged.RootElement.GetProperty("error").GetString();
        Assert.StartsWith("unreadable: the chunk at byte 4096", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backtest_of_Capture_sees_partitions_and_times_as_captured(bool fromBlobs)
    {
        var files = new Dictionary<string, byte[]>
        {
            [CaptureWriter.Path(5, Start)] = Captured(10, Start, 3),
            [CaptureWriter.Path(5, Start.AddMinutes(5))] = Captured(13, Start.AddMinutes(6), 2),
            [CaptureWriter.Path(9, Start)] = Captured(70, Start.AddMinutes(2), 4),
        };
        var input = fromBlobs ? await UploadAsync(files) : Save(files);

        var outcome = await Terminal.RunAsync(_folder, Settings, "backtest", input, "--json", "report.json");

        outcome.Succeeded();
        using var report = JsonDocument.Parse(_folder.Read("report.json"));
        var history = report.RootElement.GetProperty("history");
        Assert.Equal(2, history.GetProperty("partitions").GetInt32());
        Assert.Equal(9, history.GetProperty("messages").GetInt64());
        Assert.Equal(Start, history.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(Start.AddMinutes(6).AddSeconds(1), history.GetProperty("to").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_container_or_prefix_without_blobs_is_named()
    {
        var address = await UploadAsync(new() { ["a/b.jsonl"] = "{}"u8.ToArray() });

        (await Terminal.RunAsync(_folder, Settings, "sources", address + "none")).FailedWith("has no blob with content");
        (await Terminal.RunAsync(_folder, Settings, "sources", address.Replace("/capture", "/nothere", StringComparison.Ordinal)))
            .FailedWith("does not exist");
    }

    [Fact]
    public async Task An_address_of_another_emulator_than_the_setting_is_refused()
    {
        (await Terminal.RunAsync(_folder, Settings, "sources", "http://127.0.0.1:9/devstoreaccount1/capture/a"))
            .FailedWith("Storage__ConnectionString");
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net/container?sv=2026&sig=secret")]
    [InlineData("https://example.com/container/x")]
    [InlineData("ftp://account.blob.core.windows.net/container/x")]
    public async Task An_address_that_is_not_one_of_Blob_storage_is_refused_and_not_repeated(string address)
    {
        var outcome = await Terminal.RunAsync(_folder, "sources", address);

        outcome.FailedWith("https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX");
        Assert.DoesNotContain("secret", outcome.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Storage__ConnectionString"] = azurite.ConnectionString };

    private void Write()
    {
        var log = EventLogWriter.Log([LoggedLaunch.Of("winevent-xml")]);
        _folder.Write("Security.evtx", log);
        _folder.Write("capture.avro", CaptureWriter.File([(1, Start, Encoding.UTF8.GetBytes(LoggedLaunch.Xml("winevent-xml")))]));
        using (var document = JsonDocument.Parse(GoldenLaunch.Messages["defender-table"]))
        {
            var row = document.RootElement.TryGetProperty("records", out var records) ? records[0] : document.RootElement;
            var cells = row.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).ToList();
            _folder.Write("row.json", Encoding.UTF8.GetBytes(row.GetRawText()));
            var csv = Line(cells.Select(c => c.Name)) + Line(cells.Select(c => c.Value.ToString()));
            _folder.Write("export.csv", Encoding.UTF8.GetBytes(csv));
        }

        using var archive = ZipFile.Open(_folder["telemetry.zip"], ZipArchiveMode.Create);
        using var entry = archive.CreateEntry("logs/Security.evtx").Open();
        entry.Write(log);
    }

    private static string Line(IEnumerable<string> cells) =>
        string.Join(',', cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";

    private static byte[] Captured(int from, DateTimeOffset time, int count) => CaptureWriter.File(
        Enumerable.Range(0, count).Select(
            i => (
                (long)(from + i),
                time.AddSeconds(i),
                (byte[]?)Telemetry.Record("services.exe", $"x{from + i}.exe", time: time.AddMinutes(-1)))));

    private string Save(Dictionary<string, byte[]> files)
    {
        foreach (var (name, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder["capture/" + name])!);
            _folder.Write("capture/" + name, content);
        }

        return "capture";
    }

    /// <summary>The address of the container.</summary>
    private async Task<string> UploadAsync(Dictionary<string, byte[]> files)
    {
        var container = new StorageClients(new StorageOptions { ConnectionString = azurite.ConnectionString }).Blobs()
            .GetBlobContainerClient(AzuriteFixture.UniqueName("capture"));
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        foreach (var (name, content) in files)
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), TestContext.Current.CancellationToken);
        return $"{container.Uri}/";
    }

    private static List<double> Scores(Outcome outcome) =>
    [
        .. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var score = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Null, score.RootElement.GetProperty("error").ValueKind);
            return double.Parse(score.RootElement.GetProperty("probability").GetRawText(), CultureInfo.InvariantCulture);
        }),
    ];
}
