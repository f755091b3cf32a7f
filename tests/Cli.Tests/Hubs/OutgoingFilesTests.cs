using System.Text;
using Changeling.Cli.Hubs;
using Changeling.Hubs;
using Changeling.RecordedFiles;
using Changeling.TestSupport;
using Changeling.TestSupport.EventLogs;

namespace Changeling.Cli.Tests.Hubs;

public sealed class OutgoingFilesTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public void Bodies_of_dead_letters_in_base64_are_sent_as_the_bytes_they_were()
    {
        _folder.Write(
            "letters.base64", Encoding.ASCII.GetBytes($"{Convert.ToBase64String("no json"u8)}\n\n{Convert.ToBase64String([0, 255])}\n"));

        var messages = Read(isBase64: true, skip: 0, "letters.base64");

        Assert.Equal([[.. "no json"u8], [0, 255]], messages.Select(m => m.Body.ToArray()));
        Assert.All(messages, m => Assert.Null(m.Host));
    }

    [Fact]
    public void A_line_that_is_not_base64_is_named()
    {
        _folder.Write("letters.base64", "bm8ganNvbg==\n{}\n"u8);

        var error = Assert.Throws<CliException>(() => Read(isBase64: true, skip: 0, "letters.base64"));

        Assert.EndsWith(
            "letters.base64:2 is not base64; leave out --base64 for files of plain messages.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_carry_their_host_and_their_place_whatever_is_skipped()
    {
        _folder.Write("a.jsonl", Encoding.UTF8.GetBytes($"{LocalHubs.Line(0)}\n{LocalHubs.Line(1)}\n"));
        _folder.Write("b.jsonl", Encoding.UTF8.GetBytes($"{LocalHubs.Line(2)}\n{{}}\n"));

        var messages = Read(isBase64: false, skip: 1, "a.jsonl", "b.jsonl");

        Assert.Equal(
            [(_folder["a.jsonl"] + ":2", "ws-0001"), (_folder["b.jsonl"] + ":1", "ws-0002"), (_folder["b.jsonl"] + ":2", null)],
            messages.Select(m => (m.Place, m.Host)));
    }

    [Fact]
    public void An_event_log_is_sent_without_its_damaged_records_which_are_counted()
    {
        var log = EventLogWriter.Log([LoggedLaunch.Of("winevent-xml"), w => w.Add(0x77, 0x77)]);
        _folder.Write("a.evtx", log);
        var outgoing = new OutgoingFiles([RecordedFile.OnDisk(_folder["a.evtx"])], isBase64: false, skip: 0);

        Assert.Equal("ws-0417.corp.example", Assert.Single(outgoing.Read()).Host);
        Assert.Equal((1L, 1L), (outgoing.Unread.Read, outgoing.Unread.Unread));
        Assert.Contains("record 2", outgoing.Unread.Example, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private List<OutgoingMessage> Read(bool isBase64, int skip, params string[] files) =>
        [.. new OutgoingFiles([.. files.Select(file => RecordedFile.OnDisk(_folder[file]))], isBase64, skip).Read()];
}
