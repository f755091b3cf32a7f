using System.IO.Compression;
using System.Text;
using Changeling.TestSupport;

namespace Changeling.Training.Tests;

public sealed class CorpusManifestTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public void Each_listed_file_gives_its_rows_a_role_in_the_order_of_the_manifest()
    {
        foreach (var name in CorpusManifest.Names.Reverse()) Write(name + ".jsonl.gz", Row(name));

        var rows = CorpusData.Load(_folder.Path);

        Assert.Equal(CorpusManifest.Names, rows.Select(r => r.File));
        Assert.Equal(Enum.GetValues<CorpusRole>(), rows.Select(r => r.Role));
        Assert.Equal(["recorded", "recorded", "made", "made", "wild", "wild", "wild"], rows.Select(r => r.Kind));
    }

    [Fact]
    public void An_unknown_file_is_refused_by_name_together_with_the_known_ones()
    {
        Write("recorded.jsonl.gz", Row("a"));
        Write("wild_things.jsonl.gz", Row("b"));
        Write("notes.txt", Row("c"));

        var message = Assert.Throws<InvalidDataException>(() => CorpusData.Load(_folder.Path)).Message;

        Assert.Contains("wild_things.jsonl.gz", message, StringComparison.Ordinal);
        Assert.All(CorpusManifest.Names, name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_a_listed_file_is_named_with_what_it_should_hold() =>
        Assert.Contains(
            "wild_administration",
            Assert.Throws<FileNotFoundException>(() => CorpusData.Load(_folder.Path)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("true", 1, CorpusRole.Synthetic)]
    [InlineData("true", 0, CorpusRole.BenignSynthetic)]
    [InlineData("false", 1, CorpusRole.Recorded)]
    public void A_file_outside_the_manifest_has_the_role_that_its_rows_say(string synthetic, int label, CorpusRole role)
    {
        Write("mine.jsonl.gz", Row("a", $",\"synthetic\":{synthetic},\"label\":{label}"));

        Assert.Equal(role, Assert.Single(CorpusData.LoadFile(Path.Combine(_folder.Path, "mine.jsonl.gz"))).Role);
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData(",\"parent_inferred\":true,\"format\":\"script\"", true, false)]
    [InlineData(",\"parent_evidence\":\"derived\"", true, false)]
    [InlineData(",\"parent_evidence\":\"described\"", false, false)]
    [InlineData(",\"no_command_line\":true", false, true)]
    public void What_a_row_of_the_wild_lacks_is_known(string fields, bool isParentInferred, bool hasNoCommandLine)
    {
        Write("wild_attacks.jsonl.gz", Row("a", fields));

        var row = Assert.Single(CorpusData.Load(_folder.Path));

        Assert.Equal((isParentInferred, hasNoCommandLine), (row.IsParentInferred, row.HasNoCommandLine));
    }

    [Fact]
    public void A_line_that_is_no_row_is_named()
    {
        Write("recorded.jsonl.gz", Row("a") + "\n\n{\"id\":\"b\"}");

        var message = Assert.Throws<InvalidDataException>(() => CorpusData.Load(_folder.Path)).Message;

        Assert.Contains("Line 3 of recorded", message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Row(string id, string more = "") =>
        $"{{\"id\":\"{id}\",\"dataset\":\"d\",\"tuple_id\":\"{id}\",\"process_name\":\"cmd.exe\"{more}}}";

    private void Write(string name, string rows)
    {
        using var writer = new StreamWriter(
            new GZipStream(File.Create(Path.Combine(_folder.Path, name)), CompressionLevel.Fastest), Encoding.UTF8);
        writer.Write(rows);
    }
}
