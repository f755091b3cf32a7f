using System.Text.Json;
using Changeling.Sources;

namespace Changeling.Cli.Sources;

/// <summary>What <c>sources --live</c> reads of one instance's blob <c>health/{instance}.json</c>; all else in it is for people.</summary>
/// <param name="Instance">The instance's name.</param>
/// <param name="StartedAt">Since when it counts, UTC.</param>
/// <param name="WrittenAt">When it wrote last, UTC.</param>
/// <param name="Sources">What it counted.</param>
internal sealed record LiveInstance(string Instance, DateTimeOffset StartedAt, DateTimeOffset WrittenAt, SourceHealthReport? Sources = null)
{
    /// <summary>An instance writes every minute: one that has not for so long is gone.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromMinutes(5);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Whether it still runs, by its blob.</summary>
    public bool IsRunning(DateTimeOffset now) => now - WrittenAt < GoneAfter;

    /// <summary>Reads a blob.</summary>
    /// <exception cref="CliException">It is none of ours.</exception>
    public static LiveInstance Read(string name, ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<LiveInstance>(json.Span, Json) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CliException($"blob health/{Printable.Of(name)} is not a health report; delete it if it is not needed.");
        }
    }
}
