using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events;

/// <summary>
/// Fields of a JSON object, by exact, case-sensitive name: NXLog sends <c>ProcessId</c> and <c>ProcessID</c> side by side
/// and means different processes.
/// </summary>
internal static class JsonFields
{
    public static bool Has(this JsonValue value, ReadOnlySpan<byte> name) => value.Get(name).ValueKind != JsonValueKind.Undefined;

    public static bool HasObject(this JsonValue value, ReadOnlySpan<byte> name) => value.Get(name).ValueKind == JsonValueKind.Object;

    public static bool HasText(this JsonValue value, ReadOnlySpan<byte> name) => value.Get(name).ValueKind == JsonValueKind.String;

    public static bool HasText(this JsonValue value, ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) =>
        value.Get(name).IsText(expected);

    /// <summary>The value as <see cref="Scalar.Text"/>.</summary>
    public static string? AsText(this JsonValue value) => Scalar.Text(value);

    /// <summary>The property's text, unless it only marks a missing value, see <see cref="KnownText"/>.</summary>
    public static string? Text(this JsonValue value, ReadOnlySpan<byte> name) => KnownText.Of(value.Get(name).AsText());

    /// <summary>The property's text as a command line, unchanged.</summary>
    public static string? CommandLine(this JsonValue value, ReadOnlySpan<byte> name) => KnownText.OfCommandLine(value.Get(name).AsText());
}
