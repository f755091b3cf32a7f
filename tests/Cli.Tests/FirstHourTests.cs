using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>The commands of docs/first-hour.md, run in their order as they are written, with Azurite as the storage account.</summary>
public sealed partial class FirstHourTests(AzuriteFixture azurite) : IDisposable
{
    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_user_can_type_every_command_of_the_page()
    {
        var blobs = new StorageClients(new StorageOptions { ConnectionString = _account }).Blobs();
        foreach (var container in new[] { JsonBlobs.Rules, JsonBlobs.Exceptions })
            await blobs.GetBlobContainerClient(container).CreateAsync(cancellationToken: Token);
        var commands = Commands(await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "first-hour.md"), Token));
        var options = (await Terminal.RunAsync(_folder, "backtest", "--help")).Output;

        foreach (var command in commands)
        {
            if (command.Contains("--report") && !options.Contains("--report", StringComparison.Ordinal)) continue;
            var outcome = await Terminal.RunAsync(_folder, [.. command.SelectMany(Real)]);

            Assert.True(outcome.ExitCode == 0, $"changeling {string.Join(' ', command)}\n{outcome.Errors}");
        }

        Assert.Equal(
            ["simulate", "sources", "backtest", "explain", "rules", "exceptions"], commands.Select(c => c[0]).Distinct());
        var exceptions = (await Terminal.RunAsync(_folder, "exceptions", "list", "--connection-string", _account)).Output;
        Assert.Contains("the client team", exceptions, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(_folder.Read("rules.json")).RootElement.TryGetProperty("incident", out _));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What a user puts in place of a word in capitals; the account of the test is the emulator's.</summary>
    private IEnumerable<string> Real(string word) => word switch
    {
        "FINDING" => [Finding()],
        "--account" => ["--connection-string"],
        "ACCOUNT" => [_account],
        _ => [word],
    };

    /// <summary>The first finding of the history.</summary>
    private string Finding() => File.ReadLines(_folder["detections.jsonl"])
        .Select(line => JsonDocument.Parse(line).RootElement)
        .First(d => d.GetProperty("class_uid").GetInt32() == 2004)
        .GetProperty("finding_info").GetProperty("uid").GetString()!;

    private static List<string[]> Commands(string page) =>
    [
        .. Fence().Matches(page)
            .SelectMany(block => block.Groups[1].Value.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
            .Where(line => line.StartsWith("changeling ", StringComparison.Ordinal))
            .Select(line => Word().Matches(line).Select(w => w.Value.Trim('"')).Skip(1).ToArray()),
    ];

    [GeneratedRegex(@"^```\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("""
        "[^"]*"|\S+
        """)]
    private static partial Regex Word();
}
