using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Fields of an ECS document: <c>process.parent.name</c> may be nested, one dotted key, or half of each.</summary>
internal static class EcsFields
{
    private const int LongestPath = 256;

    /// <summary>
    /// The value under a dotted name; undefined when there is none. A search can return each value in a list of one, which is the value.
    /// </summary>
    public static JsonValue Field(this JsonValue value, ReadOnlySpan<byte> name)
    {
        var hasPaths = value.MayHavePaths;
        var dot = name.IndexOf((byte)'.');
        if ((hasPaths || dot < 0) && value.TryGet(name, out var whole)) return Single(whole);

        while (dot >= 0)
        {
            var inner = value.TryGet(name[..dot], out var outer) ? outer.Field(name[(dot + 1)..]) : default;
            if (inner.ValueKind != JsonValueKind.Undefined || !hasPaths) return inner;
            var next = name[(dot + 1)..].IndexOf((byte)'.');
            dot = next < 0 ? -1 : dot + 1 + next;
        }

        return default;
    }

    /// <summary>As the other overload, with a name in two parts.</summary>
    public static JsonValue Field(this JsonValue value, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name)
    {
        Span<byte> path = stackalloc byte[LongestPath];
        prefix.CopyTo(path);
        name.CopyTo(path[prefix.Length..]);
        return value.Field(path[..(prefix.Length + name.Length)]);
    }

    private static JsonValue Single(JsonValue value)
    {
        if (value.ValueKind != JsonValueKind.Array) return value;
        var elements = value.Children.GetEnumerator();
        if (!elements.MoveNext()) return value;
        var first = elements.Current.Value;
        return elements.MoveNext() ? value : first;
    }

    public static string? FieldText(this JsonValue value, ReadOnlySpan<byte> name) => KnownText.Of(value.Field(name).AsText());

    /// <summary>As the other overload, with a name in two parts.</summary>
    public static string? FieldText(this JsonValue value, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name) =>
        KnownText.Of(value.Field(prefix, name).AsText());

    /// <summary>The texts of a field that may be one text or an array of them.</summary>
    public static IReadOnlyList<string> FieldTexts(this JsonValue value, ReadOnlySpan<byte> name) => Texts(value.Field(name));

    /// <summary>The arguments of a process as one line; <see langword="null"/> when there are none.</summary>
    public static string? Arguments(this JsonValue value, ReadOnlySpan<byte> process) =>
        KnownText.OfCommandLine(string.Join(' ', Texts(value.Field(process, "args"u8))));

    private static IReadOnlyList<string> Texts(JsonValue field) => field.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        JsonValueKind.Array => [.. field.Children.Values.Select(JsonFields.AsText).OfType<string>().Select(text => text.TrimEnd('\0'))],
        _ => field.AsText() is { } text ? [text.TrimEnd('\0')] : [],
    };
}
