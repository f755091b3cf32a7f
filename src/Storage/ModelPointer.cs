using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Changeling.Storage;

/// <summary>The content of <c>models/current.json</c>: the package of the current model, and the previous one.</summary>
/// <param name="Package">Name of the package blob in the same container: its version and <c>.zip</c>.</param>
/// <param name="Sha256">SHA-256 of the package, 64 lower-case hexadecimal digits.</param>
public sealed record ModelPointer(
    [property: JsonPropertyName("package")] string Package,
    [property: JsonPropertyName("sha256")] string Sha256)
{
    private const string Extension = ".zip";
    private const int LongestVersion = 64;

    /// <summary>The model before this one, to which a rollback returns; <see langword="null"/> for the first.</summary>
    [JsonPropertyName("previous")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelPointer? Previous { get; init; }

    /// <summary>The version in the package's name, or the name itself if it has another form.</summary>
    [JsonIgnore]
    public string Version => Package.EndsWith(Extension, StringComparison.Ordinal) ? Package[..^Extension.Length] : Package;

    /// <summary>
    /// The pointer of a package. The blob is named after its version and is never overwritten, so one version never means two packages.
    /// </summary>
    /// <exception cref="InvalidDataException">The version cannot be part of a blob's name.</exception>
    public static ModelPointer For(string version, ReadOnlySpan<byte> package) =>
        new(NameOf(version), Convert.ToHexStringLower(SHA256.HashData(package)));

    /// <summary>The blob's name of a version.</summary>
    /// <exception cref="InvalidDataException">The version cannot be part of a blob's name.</exception>
    public static string NameOf(string version) =>
        version.Length is > 0 and <= LongestVersion
            && char.IsAsciiLetterOrDigit(version[0])
            && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? version + Extension
            : throw new InvalidDataException(
                $"A model's version has 1 to {LongestVersion} letters, digits, dots, dashes and underscores and begins with a letter or digit; '{version}' does not.");

    /// <summary>The next pointer, with this one as its previous model.</summary>
    public ModelPointer Then(ModelPointer next) => next with { Previous = this with { Previous = null } };

    /// <summary>Reads a pointer.</summary>
    /// <exception cref="InvalidDataException">The text is not a JSON object with both names.</exception>
    public static ModelPointer Parse(BinaryData json)
    {
        try
        {
            var pointer = JsonSerializer.Deserialize(json.ToMemory().Span, ModelPointerJson.Default.ModelPointer);
            if (IsWhole(pointer))
                return pointer! with
                {
                    Sha256 = pointer.Sha256.ToLowerInvariant(),
                    Previous = IsWhole(pointer.Previous) ? pointer.Previous : null,
                };
        }
        catch (JsonException)
        {
            // Reported below, together with missing properties.
        }

        throw new InvalidDataException(
            $"{ModelBlobs.Container}/{ModelBlobs.PointerName} must be {{\"package\": \"name of a blob\", \"sha256\": \"64 hexadecimal digits\"}}.");
    }

    private static bool IsWhole(ModelPointer? pointer) => pointer is { Package.Length: > 0, Sha256.Length: 2 * SHA256.HashSizeInBytes };

    /// <summary>The pointer as JSON.</summary>
    public BinaryData ToJson() => new(JsonSerializer.SerializeToUtf8Bytes(this, ModelPointerJson.Default.ModelPointer));
}

/// <summary>The result of reading the pointer.</summary>
/// <param name="State">The kind of result.</param>
/// <param name="Pointer">The pointer, when it was read.</param>
/// <param name="Version">The blob's ETag, if the blob exists and has changed.</param>
public sealed record PointerReading(PointerState State, ModelPointer? Pointer, string? Version)
{
    /// <summary>Why the blob is not a valid pointer, as a sentence; set only for a damaged one.</summary>
    public string? Problem { get; init; }

    internal static PointerReading Unchanged { get; } = new(PointerState.Unchanged, null, null);

    internal static PointerReading Missing { get; } = new(PointerState.Missing, null, null);
}

/// <summary>The possible results of reading the pointer.</summary>
public enum PointerState
{
    /// <summary>There is no pointer, because no model was published yet.</summary>
    Missing,

    /// <summary>The pointer is the one already known.</summary>
    Unchanged,

    /// <summary>A pointer was read.</summary>
    Read,

    /// <summary>The blob exists but is not a valid pointer.</summary>
    Damaged,
}

/// <summary>The pointer's JSON, compiled.</summary>
[JsonSerializable(typeof(ModelPointer))]
internal sealed partial class ModelPointerJson : JsonSerializerContext;
