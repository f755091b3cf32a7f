using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Hubs.Tests;

/// <summary>Detections and telemetry, where a test spells out only what matters to it.</summary>
internal static class Some
{
    /// <summary>A detection with what its envelope needs, and a filling.</summary>
    public static ReadOnlyMemory<byte> Detection(int number, string? host = "ws-0417", int fillBytes = 0) =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            class_uid = 2004,
            metadata = new { uid = Id(number) },
            device = new { hostname = host },
            finding_info = new { analytic = new { uid = "unusual-process-by-parent" } },
            severity = "Low",
            is_alert = true,
            unmapped = new string('x', fillBytes),
        });

    public static string Id(int number) => $"00000000-0000-5000-8000-{number:x12}";

    /// <summary>A message about an incident as the app writes it.</summary>
    public static ReadOnlyMemory<byte> GoldenIncident(string name) =>
        File.ReadAllBytes(RepositoryRoot.Combine("tests", "Core.Tests", "Incidents", "Golden", name));

    /// <summary>A detection as the app writes it.</summary>
    public static ReadOnlyMemory<byte> Golden(string name) =>
        File.ReadAllBytes(RepositoryRoot.Combine("tests", "Core.Tests", "Findings", "Golden", name));

    /// <summary>A message of telemetry of one of so many hosts.</summary>
    public static OutgoingMessage Message(int number, int hosts, int fillBytes = 0) =>
        new($"ws-{number % hosts:0000}", Encoding.UTF8.GetBytes(Text(number, fillBytes)), $"events.jsonl:{number + 1}");

    public static string Text(int number, int fillBytes = 0) => $"{{\"n\":\"{number:00000}\",\"text\":\"{new string('x', fillBytes)}\"}}";

    /// <summary>The body of a message as text.</summary>
    public static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
