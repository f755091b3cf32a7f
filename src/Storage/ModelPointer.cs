using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Changeling.Storage;

/// <summary>What <c>models/current.json</c> says: which package is the current model.</summary>
/// <param name="Package">Name of the package blob in the same container.</param>
/// <param name="Sha256">SHA-256 of the package, 64 lower-case hexadecimal digits.</param>
public sealed record ModelPointer(
    [property: JsonPropertyName("package")] string Package,
    [property: JsonPropertyName("sha256")] string Sha256)
{
    private const int DigestPrefix = 16;

    /// <summary>The pointer of a package file. The blob's name carries the digest, so one name never means two packages.</summary>
    public static ModelPointer For(string fileName, ReadOnlySpan<byte> package)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(package));
        return new ModelPointer(
            $"{Path.GetFileNameWithoutExtension(fileName)}-{digest.AsSpan(0, DigestPrefix)}{Path.GetExtension(fileName)}", digest);
    }

    /// <summary>Reads a pointer.</summary>
    /// <exception cref="InvalidDataException">The text is no JSON object with both names.</exception>
    public static ModelPointer Parse(BinaryData json)
    {
        try
        {
            var pointer = JsonSerializer.Deserialize(json.ToMemory().Span, ModelPointerJson.Default.ModelPointer);
            if (pointer is { Package.Length: > 0, Sha256.Length: 2 * SHA256.HashSizeInBytes }) return pointer with { Sha256 = pointer.Sha256.ToLowerInvariant() };
        }
        catch (JsonException)
        {
            // Said below, together with what is missing.
        }

        throw new InvalidDataException($"{ModelBlobs.Container}/{ModelBlobs.PointerName} must be {{\"package\": \"name of a blob\", \"sha256\": \"64 hexadecimal digits\"}}.");
    }

    /// <summary>The pointer as JSON.</summary>
    public BinaryData ToJson() => new(JsonSerializer.SerializeToUtf8Bytes(this, ModelPointerJson.Default.ModelPointer));
}

/// <summary>What a look at the pointer gave.</summary>
/// <param name="State">Which of the three.</param>
/// <param name="Pointer">The pointer, when it was read.</param>
/// <param name="Version">The blob's ETag, when it was read.</param>
public sealed record PointerReading(PointerState State, ModelPointer? Pointer, string? Version)
{
    internal static PointerReading Unchanged { get; } = new(PointerState.Unchanged, null, null);

    internal static PointerReading Missing { get; } = new(PointerState.Missing, null, null);
}

/// <summary>What can be found at the pointer's place.</summary>
public enum PointerState
{
    /// <summary>There is no pointer: nobody has published a model yet.</summary>
    Missing,

    /// <summary>The pointer is the one already known.</summary>
    Unchanged,

    /// <summary>A pointer was read.</summary>
    Read,
}

/// <summary>The pointer's JSON, compiled.</summary>
[JsonSerializable(typeof(ModelPointer))]
internal sealed partial class ModelPointerJson : JsonSerializerContext;
