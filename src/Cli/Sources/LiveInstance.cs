using System.Text.Json;
using Changeling.Sources;

namespace Changeling.Cli.Sources;

/// <summary>The part of one instance's blob <c>health/{instance}.json</c> that <c>sources --live</c> reads.</summary>
/// <param name="Instance">The instance's name.</param>
/// <param name="StartedAt">When it started to count, UTC.</param>
/// <param name="WrittenAt">When it wrote last, UTC.</param>
/// <param name="Sources">Its counts.</param>
internal sealed record LiveInstance(string Instance, DateTimeOffset StartedAt, DateTimeOffset WrittenAt, SourceHealthReport? Sources = null)
{
    /// <summary>An instance writes every minute. One that has not written for this time has ended.</summary>
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
    /// <exception cref="CliException">The blob is not a health report.</exception>
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
