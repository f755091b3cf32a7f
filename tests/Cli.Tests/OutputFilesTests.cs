using System.Text;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>What stood in an output file stays when the command fails, and nothing half written is left beside it.</summary>
public sealed class OutputFilesTests : IDisposable
{
    private const string Before = "what stood here before";

    private readonly Scratch _folder = new();

    public OutputFilesTests()
    {
        _folder.Write("keep.json", Encoding.UTF8.GetBytes(Before));
        _folder.Write("empty.jsonl", "\n"u8);
        var whole = Scratch.Gzip([.. Enumerable.Range(0, 500).SelectMany(i => Telemetry.Record("a.exe", $"x{i}.exe").Append((byte)'\n'))]);
        _folder.Write("half.jsonl.gz", whole.AsSpan(0, whole.Length / 2));
    }

    [Theory]
    [InlineData("backtest", "empty.jsonl", "--json", "keep.json")]
    [InlineData("backtest", "empty.jsonl", "--output", "keep.json")]
    [InlineData("backtest", "half.jsonl.gz", "--output", "keep.json")]
    [InlineData("score", "empty.jsonl", "--output", "keep.json")]
    [InlineData("score", "half.jsonl.gz", "--output", "keep.json")]
    [InlineData("simulate", "--hosts", "0", "--output", "keep.json")]
    public async Task A_command_that_fails_leaves_the_file_as_it_was(params string[] arguments)
    {
        var outcome = await Terminal.RunAsync(_folder, arguments);

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Equal(Before, await File.ReadAllTextAsync(_folder["keep.json"], TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.partial"));
    }

    [Fact]
    public async Task A_command_that_succeeds_replaces_the_file_and_leaves_nothing_beside_it()
    {
        _folder.Write("events.jsonl", Telemetry.Record("services.exe", "svchost.exe"));

        var outcome = await Terminal.RunAsync(_folder, "score", "events.jsonl", "--output", "keep.json");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(
            "svchost.exe",
            await File.ReadAllTextAsync(_folder["keep.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.partial"));
    }

    public void Dispose() => _folder.Dispose();
}
