using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Operations;

/// <summary><c>forget</c> on a real emulator, where a user is named by signals and incidents.</summary>
public sealed class ForgetIncidentsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();
    private readonly BaselinePartition _partition = new("default", new EventPartition("telemetry", "0"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageClients Clients => new(new StorageOptions { ConnectionString = _account });

    private IncidentTable Incidents => IncidentTable.Open(Clients);

    [Fact]
    public async Task What_is_gathered_or_sent_is_deleted_and_what_waits_is_kept_until_it_is_not_needed()
    {
        var body = Encoding.UTF8.GetBytes("""{"user":"corp\\mara.lind"}""");
        var signals = new[] { 1L, 2, 3 }.Select(n => new StoredSignals(new Position(0, n, 0), Some.Time, body)).ToList();
        var watermark = new Watermark(new Position(0, 3, 0), Some.Time, Some.Time);
        await LineageTable.Open(Clients).CommitAsync(
            _partition, new BaselineCommit(null, watermark, [], []) { Signals = signals }, Token);
        var read = new Dictionary<string, SignalsRead> { [TableKeys.Partition(_partition)] = new(signals[1].First, 0, Some.Time) };
        IncidentMessage[] messages = [new(0, Some.Time, body), new(1, Some.Time, body)];
        IncidentRow row = new(IncidentRowKind.Incident, "a", body);
        var step = new IncidentStep(null, new IncidentState(read, null, Some.Time, 2), [row], messages);
        await Incidents.CommitAsync("default", step, Token);
        await Incidents.MarkSentAsync("default", messages[..1], Token);

        var dry = (await ForgetAsync("--dry-run")).Succeeded().Output;
        var forgot = (await ForgetAsync()).Succeeded().Output;
        var left = await Incidents.SignalsAsync(TableKeys.Partition(_partition), null, 10, Token);
        var now = (await ForgetAsync("--now")).Succeeded().Output;

        Assert.Contains("would delete: 3 rows of hosts and users, 1 detections", dry, StringComparison.Ordinal);
        Assert.Contains("deleted: 3 rows of hosts and users, 1 detections", forgot, StringComparison.Ordinal);
        Assert.Contains("kept: 2 rows", forgot, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(left).First.SequenceNumber);
        Assert.Empty(await Incidents.ReadRowsAsync("default", Token));
        Assert.Contains("deleted: 1 rows of hosts and users, 0 detections", now, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(await Incidents.UnsentAsync("default", 10, Token)).Number);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(Token);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<Outcome> ForgetAsync(params string[] arguments) =>
        Terminal.RunAsync(_folder, ["forget", "--user", "mara.lind", "--yes", .. arguments, "--connection-string", _account]);
}
