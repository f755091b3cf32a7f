using System.Text.Json;

namespace Changeling.Findings;

/// <summary>
/// The properties of a detection's message on the hub, by which consumers can route and filter without parsing the body. They are read from
/// the committed bytes alone, so that a repeat has the same properties, whichever version of the app sends it.
/// </summary>
/// <param name="Id">The finding's id: the message id. Repeats carry the same.</param>
/// <param name="Host">
/// The host that the finding is about: the partition key, so that a host's findings stay in order; <see langword="null"/> where it is about
/// no host.
/// </param>
/// <param name="RuleId">The rule that leads, for example <c>unusual-process-by-parent</c>.</param>
/// <param name="Severity">OCSF's word, for example <c>Low</c>.</param>
/// <param name="IsAlert">Whether people should look at it.</param>
public sealed record DetectionEnvelope(string Id, string? Host, string RuleId, string Severity, bool IsAlert)
{
    /// <summary>OCSF's number of the class Detection Finding.</summary>
    public const int ClassUid = 2004;

    /// <summary>The content type of every detection.</summary>
    public const string ContentType = "application/json";

    /// <summary>Reads a committed detection in either format.</summary>
    /// <param name="detection">One UTF-8 JSON object.</param>
    /// <exception cref="InvalidDataException">It is not a detection of Changeling.</exception>
    public static DetectionEnvelope Read(ReadOnlyMemory<byte> detection)
    {
        try
        {
            using var json = JsonDocument.Parse(detection);
            var root = json.RootElement;
            return root.TryGetProperty("class_uid", out _) ? OfOcsf(root) : OfEcs(root);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The parser's message may quote the event, so it is not passed on.
            throw new InvalidDataException("A stored detection is neither an OCSF nor an ECS document of Changeling.");
        }
    }

    private static DetectionEnvelope OfOcsf(JsonElement root) => new(
        Text(root.GetProperty("metadata").GetProperty("uid")),
        root.TryGetProperty("device", out var device) ? Optional(device, "hostname") : null,
        Text(root.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid")),
        Text(root.GetProperty("severity")),
        root.GetProperty("is_alert").GetBoolean());

    private static DetectionEnvelope OfEcs(JsonElement root) => new(
        Text(root.GetProperty("event").GetProperty("id")),
        root.TryGetProperty("host", out var host) ? Optional(host, "name") : null,
        Text(root.GetProperty("rule").GetProperty("id")),
        Capital(Text(root.GetProperty("kibana").GetProperty("alert").GetProperty("severity"))),
        root.GetProperty("changeling").GetProperty("is_alert").GetBoolean());

    private static string Text(JsonElement element) => element.GetString() ?? throw new InvalidOperationException();

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
