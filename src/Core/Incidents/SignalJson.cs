using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Storing;

namespace Changeling.Incidents;

/// <summary>Signals as the rows of a commit hold them: JSON, with texts cut so that a row has room for a known number of them.</summary>
public static class SignalJson
{
    /// <summary>Maximum size of one signal in bytes.</summary>
    public const int MaxBytes = 2_000;

    /// <summary>Number of signals in a row.</summary>
    public const int PerRow = (StoredDetection.MaxBytes / MaxBytes) - 1;

    private const int MaxText = 256;
    private const int LeastText = 8;

    /// <summary>Hosts and accounts are compared, so more of them is kept.</summary>
    private const int LeastName = 32;

    /// <summary>The rows for some signals with their positions, in order of position.</summary>
    internal static IReadOnlyList<StoredSignals> Rows(IReadOnlyList<(Position Position, Signal Signal)> signals) =>
    [
        .. signals.Chunk(PerRow).Select(some => new StoredSignals(
            some[0].Position, some.Max(s => s.Signal.Time), Write([.. some.Select(s => Cut(s.Signal))]))),
    ];

    /// <summary>The signals of a row.</summary>
    /// <exception cref="JsonException">The row is damaged.</exception>
    public static IReadOnlyList<Signal> Read(ReadOnlyMemory<byte> body) =>
        [.. (JsonSerializer.Deserialize(body.Span, SignalJsonContext.Plain.IReadOnlyListSignal) ?? []).Select(Whole)];

    /// <summary>A signal as it was read, whose lists are null where the text does not have them, as a signal that can be used.</summary>
    /// <exception cref="JsonException">It lacks what every signal has.</exception>
    internal static Signal Whole(Signal? signal) => signal is { Host: not null, Process.Name: not null } && StepName.IsOne(signal.Step)
        ? signal with
        {
            Ancestors = signal.Ancestors ?? [],
            Rules = signal.Rules ?? [],
            Attacks = signal.Attacks ?? [],
            Reasons = signal.Reasons ?? [],
        }
        : throw new JsonException("This is not a signal.");

    private static byte[] Write(IReadOnlyList<Signal> signals) =>
        JsonSerializer.SerializeToUtf8Bytes(signals, SignalJsonContext.Plain.IReadOnlyListSignal);

    private static Signal Cut(Signal signal)
    {
        var (cut, text) = (Cut(signal, MaxText), MaxText);
        while (Write([cut]).Length > MaxBytes && text > LeastText) cut = Cut(signal, text /= 2);
        return cut;
    }

    private static Signal Cut(Signal signal, int most) => signal with
    {
        Host = Short(signal.Host, Math.Max(most, LeastName))!,
        User = Short(signal.User, Math.Max(most / 2, LeastName)),
        Process = Cut(signal.Process, most),
        Ancestors = [.. signal.Ancestors.Select(a => Cut(a, most / 2))],
        Rules = [.. signal.Rules.Take(Math.Max(3, most / 16)).Select(r => r with { Id = Short(r.Id, most)!, Name = Short(r.Name, most)! })],
        Attacks = [.. signal.Attacks.Take(Math.Max(3, most / 32))],
        Reasons = most < MaxText / 4 ? [] : [.. signal.Reasons.Select(r => Short(r, most / 2)!)],
    };

    private static SignalProcess Cut(SignalProcess process, int most) => process with
    {
        Name = Short(process.Name, Math.Min(most, 64))!,
        Guid = Short(process.Guid, Math.Min(most, 64)),
        CommandLine = Short(process.CommandLine, most),
    };

    private static string? Short(string? text, int most) =>
        text is null || text.Length <= most ? text : FindingWriter.Cut(text, most).ToString();
}

[JsonSerializable(typeof(IReadOnlyList<Signal>))]
[JsonSerializable(typeof(Incident))]
internal sealed partial class SignalJsonContext : JsonSerializerContext
{
    /// <summary>Text stays readable: the rows are never part of a page.</summary>
    public static SignalJsonContext Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
