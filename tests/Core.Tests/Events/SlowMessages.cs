using System.Diagnostics;
using System.Text;
using Changeling.Events;
using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>A message as a recipe: a start, one part again and again up to the size, and an end.</summary>
/// <param name="Start">Begins the message.</param>
/// <param name="Part">Fills it.</param>
/// <param name="End">Ends it.</param>
internal sealed record SlowMessage(string Start, string Part, string End)
{
    private static readonly MessageReader Reader = new(new MessageLimits());

    /// <summary>The message in UTF-8, about so many bytes long.</summary>
    public byte[] Body(int size) => Encoding.UTF8.GetBytes(
        Start + string.Concat(
            Enumerable.Repeat(
                Part, Math.Max(1, (size - Start.Length - End.Length) / Math.Max(1, Encoding.UTF8.GetByteCount(Part))))) + End);

    /// <summary>Reads the message and makes the features of each launch in it: what it costs before any count.</summary>
    /// <returns>Time of this thread and bytes that it allocated.</returns>
    public (TimeSpan Elapsed, long Allocated) Read(int size)
    {
        var body = Body(size);
        var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        foreach (var read in Reader.Read(body).OfType<RecordOutcome.Read>()) FeatureExtractor.Extract(read.Event);
        return (Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Another message, mostly like this one.</summary>
    public SlowMessage Changed(Random chance) => chance.Next(4) switch
    {
        0 => this with { Start = Mixed(Start, chance) },
        1 => this with { End = Mixed(End, chance) },
        _ => this with { Part = Mixed(Part, chance) },
    };

    /// <summary>The text without a piece, with one more, or a new one.</summary>
    private static string Mixed(string text, Random chance)
    {
        var piece = Pieces[chance.Next(Pieces.Length)];
        var at = chance.Next(text.Length + 1);
        var mixed = chance.Next(4) switch
        {
            0 => text.Remove(at, Math.Min(chance.Next(1, 10), text.Length - at)),
            1 => piece,
            2 => text + piece,
            _ => text.Insert(at, piece),
        };
        return mixed.Length > 20_000 ? piece : mixed;
    }

    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", "{\"a\":", "\"a\":1,", "\"", "\\", "\\\\", "\\ud800", "\\u0000", ",", ":", "0,", "1e9,", "null,",
        "{\"records\":[", "]}",
        "<Event>", "</Event>", "<Event xmlns='x'>", "<System>", "<EventData>", "<Data Name='CommandLine'>", "</Data>", "&#65;", "&amp;",
        "<!--", "-->",
        "<![CDATA[", "a='b' ", "xmlns:a='b' ", "\n", "\r\n", " ", "é", "😀", "-enc ", "JABhAD0AMQA=", "cmd /c ", "powershell ", "'+'", "^",
        "%a:~1,2%",
        "0x41,", "[char]65+", "\"\"", "/", @"C:\\Windows\\", "http://a/", " -", "=", "&", "|", "(", ")", ";",
        .. GoldenLaunch.Messages.Values.Select(m => m.ReplaceLineEndings(" ")),
    ];
}
