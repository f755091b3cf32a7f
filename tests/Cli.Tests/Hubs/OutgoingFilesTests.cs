using System.Text;
using Changeling.Cli.Hubs;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Hubs;

public sealed class OutgoingFilesTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public void Bodies_of_dead_letters_in_base64_are_sent_as_the_bytes_they_were()
    {
        _folder.Write(
            "letters.base64", Encoding.ASCII.GetBytes($"{Convert.ToBase64String("no json"u8)}\n\n{Convert.ToBase64String([0, 255])}\n"));

        var messages = OutgoingFiles.Read([_folder["letters.base64"]], isBase64: true, skip: 0).ToList();

        Assert.Equal([[.. "no json"u8], [0, 255]], messages.Select(m => m.Body.ToArray()));
        Assert.All(messages, m => Assert.Null(m.Host));
    }

    [Fact]
    public void A_line_that_is_not_base64_is_named()
    {
        _folder.Write("letters.base64", "bm8ganNvbg==\n{}\n"u8);

        var error = Assert.Throws<CliException>(() => OutgoingFiles.Read([_folder["letters.base64"]], isBase64: true, skip: 0).ToList());

        Assert.EndsWith(
            "letters.base64:2 is not base64; leave out --base64 for files of plain messages.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_carry_their_host_and_their_place_whatever_is_skipped()
    {
        _folder.Write("a.jsonl", Encoding.UTF8.GetBytes($"{LocalHubs.Line(0)}\n{LocalHubs.Line(1)}\n"));
        _folder.Write("b.jsonl", Encoding.UTF8.GetBytes($"{LocalHubs.Line(2)}\n{{}}\n"));

        var messages = OutgoingFiles.Read([_folder["a.jsonl"], _folder["b.jsonl"]], isBase64: false, skip: 1).ToList();

        Assert.Equal(
            [(_folder["a.jsonl"] + ":2", "ws-0001"), (_folder["b.jsonl"] + ":1", "ws-0002"), (_folder["b.jsonl"] + ":2", null)],
            messages.Select(m => (m.Place, m.Host)));
    }

    public void Dispose() => _folder.Dispose();
}
