using System.Text.Json.Serialization;

namespace Changeling.Functions.Wire;

/// <summary>The small answers, compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(StatusReply))]
internal sealed partial class WireJsonContext : JsonSerializerContext;

/// <summary>Why an invocation failed, in one sentence.</summary>
internal sealed record ErrorReply(string Error);

/// <summary>What <c>GET /</c> answers: that the app listens, and which model it scores with (null while none is loaded).</summary>
internal sealed record StatusReply(string Status, string? Model);
