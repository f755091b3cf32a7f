using System.Text;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.Scoring;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Hosting.Tests.HostileInput;

/// <summary>A message as a recipe: a start, one part again and again up to the size, and an end. Each <c>#</c> becomes a number.</summary>
/// <param name="Start">Begins the message.</param>
/// <param name="Part">Fills it.</param>
/// <param name="End">Ends it.</param>
internal sealed record DearMessage(string Start, string Part, string End)
{
    private static readonly EventPartition Partition = new("telemetry", "0");

    private static readonly PipelineSnapshot Snapshot = new(
        new MlModel(ModelPackage.Read(File.ReadAllBytes(RepositoryRoot.Combine("models", "lotl.zip")))),
        PriorFile.Read(RepositoryRoot.Combine("models", "prior.json")),
        RuleSet.Shipped);

    /// <summary>The message in UTF-8, about so many bytes long.</summary>
    public byte[] Body(int size)
    {
        var text = new StringBuilder(size + 64);
        var number = 0;
        Append(Start);
        do Append(Part);
        while (Part.Length > 0 && text.Length + Part.Length + End.Length < size);
        Append(End);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Append(string part)
        {
            if (part.Contains('#')) text.Append(part.Replace("#", $"{number++}", StringComparison.Ordinal));
            else text.Append(part);
        }
    }

    /// <summary>
    /// Sends the message through the app's pipeline with the shipped model and rules, and counts in memory: reading, scoring, deciding,
    /// explaining, writing of detections.
    /// </summary>
    /// <returns>Processor time of the process, so that a pause of the machine does not count, and bytes allocated.</returns>
    public async Task<(TimeSpan Elapsed, long Allocated)> ProcessAsync(int size)
    {
        var pipeline = new BatchPipeline(
            new InMemoryBaselineStore(), new NoDeadLetters(), new PipelineSettings { EmitAfter = TimeSpan.Zero });
        var batch = new EventBatch(Partition, [new TelemetryMessage(0, Some.Time, Body(size))]);
        var (used, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        await pipeline.ProcessAsync(batch, Snapshot, TestContext.Current.CancellationToken);
        return (Environment.CpuUsage.TotalTime - used, GC.GetTotalAllocatedBytes() - allocated);
    }

    /// <summary>Another message, mostly like this one.</summary>
    public DearMessage Changed(Random chance) => chance.Next(4) switch
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

    /// <summary>The shortest launches of two formats that are still read, each of another host.</summary>
    private const string Short4688 =
        """{"EventID":4688,"Channel":"Security","Computer":"h#","TimeCreated":"2026-11-02T08:00:00Z","NewProcessName":"C:\\a.exe"},""";

    private const string ShortAttack =
        """{"EventID":4688,"Channel":"Security","Computer":"h#","TimeCreated":"2026-11-02T08:00:00Z","NewProcessName":"C:\\Windows\\System32\\vssadmin.exe","CommandLine":"vssadmin delete shadows /all"},""";

    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", "{\"a\":", "\"a\":1,", "\"", "\\", "\\\\", "\\ud800", "\\u0000", ",", ":", "0,", "1e9,", "null,", "#",
        "{\"records\":[", "]}", Short4688, ShortAttack,
        "<Event>", "</Event>", "<Event xmlns='x'>", "<System>", "<EventData>", "<Data Name='CommandLine'>", "</Data>", "&#65;", "&amp;",
        "<!--", "-->",
        "<![CDATA[", "a='b' ", "xmlns:a='b' ", "\n", "\r\n", " ", "é", "😀", "-enc ", "JABhAD0AMQA=", "cmd /c ", "powershell ", "'+'", "^",
        "%a:~1,2%",
        "0x41,", "[char]65+", "\"\"", "/", @"C:\\Windows\\", "http://a/", " -", "=", "&", "|", "(", ")", ";",
        .. GoldenLaunch.Messages.Values.Select(m => m.ReplaceLineEndings(" ")),
    ];

    private sealed class NoDeadLetters : IDeadLetterStore
    {
        public Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
