using Changeling.Counts;
using Changeling.Events;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Operations;

/// <summary>Hosts by the beginning of their names, in an account where one finding is damaged.</summary>
public sealed class FindHostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();
    private readonly string _baseline = AzuriteFixture.UniqueName("hosts");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageClients Clients => new(new StorageOptions { ConnectionString = _account });

    [Fact]
    public async Task A_host_is_found_by_the_beginning_of_its_name_unless_several_begin_so()
    {
        string[] hosts = ["ws-0101.corp.example", "ws-0102.corp.example", "db-01.corp.example"];
        var watermark = new Watermark(new Position(0, 100, 0), Some.Time, Some.Time);
        var damaged = new StoredDetection(new Position(0, 7, 0), "rule", "{ not json"u8.ToArray()) { EnqueuedTime = Some.Time };
        await LineageTable.Open(Clients).CommitAsync(
            new BaselinePartition(_baseline, new EventPartition("telemetry", "0")),
            new BaselineCommit(null, watermark, [], [damaged])
            {
                Occurrences =
                [
                    .. hosts.Select(h => (OccurrenceKind.Host, "cmd.exe", new CountRow(h, LaunchCount.One, 20_000, Some.Time, Some.Time))),
                ],
            },
            Token);

        foreach (var name in new[] { "ws-0101", "WS-0101.CORP.EXAMPLE", "ws-0101*" })
        {
            Assert.Contains(
                "ws-0101.corp.example", (await RunAsync(_baseline, "baseline", "show", "--host", name)).Succeeded().Output,
                StringComparison.Ordinal);
        }

        Assert.Contains(
            "\"host\":\"db-01.corp.example\",\"children\":[\"cmd.exe\"]",
            (await RunAsync(_baseline, "baseline", "show", "--host", "db", "--json")).Succeeded().Output,
            StringComparison.Ordinal);
        (await RunAsync(_baseline, "baseline", "show", "--host", "ws-*")).RefusedWith("'ws-*' fits 2 hosts: ws-0101.corp.example, ");
        (await RunAsync(_baseline, "forget", "--host", "ws-01*", "--yes")).RefusedWith("'ws-01*' fits 2 hosts");
        (await RunAsync(_baseline, "forget", "--host", "x-*", "--yes")).RefusedWith("no row or finding of a host that begins with 'x-'");
        Assert.Contains(
            "would delete: 0 rows",
            (await RunAsync(_baseline, "forget", "--host", "ws-010", "--dry-run")).Succeeded().Output,
            StringComparison.Ordinal);
        (await RunAsync(_baseline, "forget", "--host", "ws-0101*")).RefusedWith(" stores about ws-0101.corp.example");
        Assert.Contains(
            "deleted: 1 rows of hosts and users",
            (await RunAsync(_baseline, "forget", "--host", "ws-0101*", "--yes")).Succeeded().Output,
            StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(Token);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<Outcome> RunAsync(string baseline, params string[] arguments) =>
        Terminal.RunAsync(_folder, [.. arguments, "--baseline", baseline, "--connection-string", _account]);
}
