using Changeling.TestSupport;

namespace Changeling.RecordedFiles.Tests;

/// <summary>Folders and patterns stand for their files.</summary>
public sealed class RecordingListTests : IDisposable
{
    private readonly Scratch _folder = new();

    public RecordingListTests()
    {
        Directory.CreateDirectory(_folder["logs/2026/.git"]);
        foreach (var file in new[] { "logs/b.jsonl", "logs/2026/a.jsonl", "logs/2026/.git/c.jsonl", "logs/.hidden", "logs/report.json" })
            _folder.Write(file, "{}"u8);
    }

    [Fact]
    public void A_folder_is_all_files_below_it_in_order_of_name()
    {
        Assert.Equal(["logs/2026/a.jsonl", "logs/b.jsonl"], Names([_folder["logs"]], _folder["logs/report.json"]));
    }

    [Fact]
    public void A_pattern_is_the_files_that_match()
    {
        Assert.Equal(["logs/b.jsonl"], Names([_folder["logs/*.jsonl"]]));
    }

    [Theory]
    [InlineData("logs/**/*.jsonl", "logs/2026/a.jsonl logs/b.jsonl")]
    [InlineData("logs/**", "logs/2026/a.jsonl logs/b.jsonl logs/report.json")]
    [InlineData("logs/*/a.jsonl", "logs/2026/a.jsonl")]
    [InlineData("logs/20??/*", "logs/2026/a.jsonl")]
    [InlineData("**/2026/?.jsonl", "logs/2026/a.jsonl")]
    [InlineData("l*/**/*.json", "logs/report.json")]
    [InlineData("logs/*", "logs/b.jsonl logs/report.json")]
    public void A_pattern_can_reach_into_folders(string pattern, string expected)
    {
        Assert.Equal(expected.Split(' '), Names([_folder[pattern]]));
    }

    [Fact]
    public void A_file_that_is_named_like_a_pattern_is_that_file()
    {
        _folder.Write("logs/[1]*.jsonl", "{}"u8);

        Assert.Equal(["logs/[1]*.jsonl"], Names([_folder["logs/[1]*.jsonl"]]));
    }

    [Fact]
    public async Task Content_that_can_be_read_once_is_opened_more_than_once()
    {
        var file = await RecordedFile.CopiedAsync("-", new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        using var first = file.Open();
        using var second = file.Open();

        Assert.Equal((1, 1, 2, 3L), (first.ReadByte(), second.ReadByte(), first.ReadByte(), file.Length));
        Assert.Equal((3, 2, 3, -1), (first.ReadByte(), second.ReadByte(), second.ReadByte(), second.ReadByte()));
    }

    [Theory]
    [InlineData("logs/*.evtx", "no file matches")]
    [InlineData("none/**/*.jsonl", "no file matches")]
    [InlineData("none.jsonl", "does not exist")]
    [InlineData("logs/2026/.git/none", "does not exist")]
    public void What_is_not_there_is_named_with_what_to_do(string name, string expected)
    {
        var error = Assert.Throws<FileNotFoundException>(() => Names([_folder[name]]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder[name], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_asked_for_elsewhere()
    {
        var file = RecordedFile.InMemory("https://x/y", default);

        Assert.Same(file, Assert.Single(RecordingList.Of(["https://x"], [], name => name == "https://x" ? [file] : null)));
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> Names(IEnumerable<string> names, params string[] others) =>
        RecordingList.Of(names, others).Select(f => Path.GetRelativePath(_folder.Path, f.Name).Replace('\\', '/'));
}
