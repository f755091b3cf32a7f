using System.IO.Compression;
using Changeling.TestSupport;

namespace Changeling.RecordedFiles.Tests.Compression;

/// <summary>A zip archive is its files; one that would fill the memory or the disk is refused.</summary>
public sealed class ZipTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public void Each_file_of_an_archive_is_read_in_order_of_name()
    {
        Zip("a.zip", ("b/two.jsonl", "{\"n\":2}\n"u8.ToArray()), ("a/one.jsonl.gz", Scratch.Gzip("{\"n\":1}\n"u8)), ("b/.hidden", [1]));

        var files = RecordingList.Of([_folder["a.zip"]], []);

        Assert.Equal([_folder["a.zip/a/one.jsonl.gz"], _folder["a.zip/b/two.jsonl"]], files.Select(f => f.Name));
        Assert.Equal(["{\"n\":1}", "{\"n\":2}"], files.SelectMany(Texts));
        Assert.All(files, f => Assert.Equal(_folder["a.zip"], f.Origin));
    }

    [Fact]
    public void One_file_of_an_archive_can_be_named()
    {
        Zip("a.zip", ("x.jsonl", "{\"n\":1}"u8.ToArray()), ("y.jsonl", "{\"n\":2}"u8.ToArray()));

        Assert.Equal(["{\"n\":2}"], Texts(Assert.Single(RecordingList.Of([_folder["a.zip/y.jsonl"]], []))));
    }

    [Fact]
    public void An_archive_in_an_archive_is_refused_with_what_to_do()
    {
        Zip("inner.zip", ("x.jsonl", [1]));
        Zip("outer.zip", ("inner.zip", _folder.Read("inner.zip")));

        var file = Assert.Single(RecordingList.Of([_folder["outer.zip"]], []));

        var error = Assert.Throws<InvalidDataException>(() => Texts(file));
        Assert.Contains("extract the outer one", error.Message, StringComparison.Ordinal);
        Assert.Contains("outer.zip/inner.zip", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_log_in_gzip_that_decompresses_to_far_more_than_its_size_is_refused()
    {
        byte[] log = [.. "ElfFile\0"u8, .. new byte[100 * 1024 * 1024]];

        var error = Assert.Throws<InvalidDataException>(() => Read.All(Scratch.Gzip(log), "bomb.evtx.gz"));

        Assert.Contains("decompress it and pass the file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_decompresses_to_far_more_than_its_size_is_refused()
    {
        Zip("bomb.zip", ("x", new byte[100 * 1024 * 1024]));

        var error = Assert.Throws<InvalidDataException>(() => RecordingList.Of([_folder["bomb.zip"]], []));

        Assert.Contains("more than 200 times its size", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_what_its_archive_states_is_refused()
    {
        Zip("a.zip", ("x.jsonl", [.. Enumerable.Repeat((byte)' ', 100_000)]));
        var bytes = _folder.Read("a.zip");
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 10);
        _folder.Write("a.zip", bytes);

        Assert.Throws<InvalidDataException>(() => Texts(Assert.Single(RecordingList.Of([_folder["a.zip"]], []))));
    }

    [Fact]
    public void A_damaged_archive_is_named()
    {
        _folder.Write("a.zip", "PK\u0003\u0004 and nothing else"u8);

        var error = Assert.Throws<InvalidDataException>(() => RecordingList.Of([_folder["a.zip"]], []));

        Assert.Contains(_folder["a.zip"], error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> Texts(RecordedFile file)
    {
        using var recording = Recording.Open(file);
        return [.. recording.Messages().Select(Read.Text)];
    }

    private void Zip(string name, params (string Name, byte[] Content)[] files)
    {
        using var archive = ZipFile.Open(_folder[name], ZipArchiveMode.Create);
        foreach (var (file, content) in files)
        {
            using var entry = archive.CreateEntry(file).Open();
            entry.Write(content);
        }
    }
}
