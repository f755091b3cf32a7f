using System.Text.Json;
using Changeling.Events;
using Changeling.Findings;

namespace Changeling.Backtest.Recordings;

/// <summary>
/// The ground truth, as <c>simulate --truth</c> writes it. Events are looked up by the source's identity of the event.
/// </summary>
public sealed class Truth
{
    private readonly Dictionary<string, TruthStep> _byIdentity;
    private readonly Lazy<Dictionary<Guid, TruthStep>> _byUid;

    private Truth(IReadOnlyList<TruthStep> steps)
    {
        Steps = steps;
        _byIdentity = steps.Where(s => s.Identity is not null)
            .GroupBy(s => s.Identity!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        _byUid = new(() => _byIdentity.ToDictionary(s => DetectionId.Of(s.Key), s => s.Value));
    }

    /// <summary>All starts that are known, in the order of the file.</summary>
    public IReadOnlyList<TruthStep> Steps { get; }

    /// <summary>The start with an identity; <see langword="null"/> if it is not in the truth.</summary>
    public TruthStep? Find(string? identity) => identity is null ? null : _byIdentity.GetValueOrDefault(identity);

    /// <summary>The start whose finding has an id; <see langword="null"/> if it is not in the truth.</summary>
    public TruthStep? Find(Guid uid) => _byUid.Value.GetValueOrDefault(uid);

    /// <summary>Reads a truth file.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="lines">Its content: a JSON object for each start.</param>
    /// <exception cref="InvalidDataException">A line is not valid; the message names it.</exception>
    public static Truth Read(string name, ReadOnlyMemory<byte> lines)
    {
        var steps = new List<TruthStep>();
        foreach (var (line, value) in JsonValueSplitter.Split(lines))
        {
            try
            {
                using var document = JsonDocument.Parse(value);
                steps.Add(Step(document.RootElement));
            }
            catch (Exception exception) when (
                exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException(
                    $"{name}, line {line}: not a line of a ground-truth file; pass a file that 'simulate --truth' wrote.", exception);
            }
        }

        return new Truth(steps);
    }

    private static TruthStep Step(JsonElement line)
    {
        var label = line.TryGetProperty("label", out var number) ? number.GetInt32() : 1;
        return new TruthStep(
            line.GetProperty("identity").GetString(),
            line.GetProperty("time").GetDateTimeOffset(),
            label == 1 ? line.GetProperty("chain").GetString() ?? throw new KeyNotFoundException("chain") : null);
    }
}

/// <summary>One start of the truth.</summary>
/// <param name="Identity">The source's identity of the event.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="Chain">The attack that it is a step of; <see langword="null"/> for an injected look-alike.</param>
public sealed record TruthStep(string? Identity, DateTimeOffset Time, string? Chain);
