using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Changeling.Events.Json;

/// <summary>
/// One value of JSON, as long as its document is not disposed of. The default is of kind <see cref="JsonValueKind.Undefined"/>.
/// </summary>
/// <param name="rows">The document.</param>
/// <param name="row">The value's row.</param>
internal readonly struct JsonValue(JsonRows? rows, int row)
{
    private const int LongestOnStack = 1024;

    /// <summary>What it is.</summary>
    public JsonValueKind ValueKind => rows is null ? JsonValueKind.Undefined : (JsonValueKind)rows.At(row).Kind;

    /// <summary>The bytes of the document from its beginning to its end, a text with its quotes; not of a value of a made object.</summary>
    public ReadOnlySpan<byte> Raw => rows!.At(row) is var r && r.Kind == JsonRow.Kinds.Text
        ? rows.Part(r.Start - 1, r.Length + 2)
        : rows.Part(r.Start, r.Length);

    /// <summary>A text as written, between its quotes, or a number or literal.</summary>
    public ReadOnlySpan<byte> Written => rows is null ? default : rows.Part(rows.At(row).Start, rows.At(row).Length);

    /// <summary>The bytes of a text without its escapes; a copy only if it has some.</summary>
    /// <exception cref="InvalidOperationException">It has a lone surrogate.</exception>
    public ReadOnlyMemory<byte> Bytes => IsEscaped ? JsonEscapes.Removed(Written) : rows!.Memory(rows.At(row).Start, rows.At(row).Length);

    /// <summary>Whether a text has escapes.</summary>
    public bool IsEscaped => rows is not null && (rows.At(row).Mark & JsonRow.Marks.TextIsEscaped) != 0;

    /// <summary>Whether a property's name may hold dots.</summary>
    public bool MayHavePaths => rows is not null && rows.MayHavePaths(row);

    /// <summary>The properties of an object, or the elements of an array, in order.</summary>
    public JsonChildren Children => new(rows, row);

    /// <summary>The property of an object; undefined when it is missing. Of several with the name, the last one.</summary>
    public JsonValue Get(ReadOnlySpan<byte> name) => TryGet(name, out var value) ? value : default;

    /// <summary>The property of an object, if it has one of this name.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out JsonValue value)
    {
        value = default;
        if (rows is null || !rows.IsObject(row)) return false;
        var found = rows.Find(row, name);
        if (found < 0) return false;
        value = rows.Value(found);
        return true;
    }

    /// <summary>As the other overload.</summary>
    public JsonValue Get(string name)
    {
        Span<byte> bytes = stackalloc byte[LongestOnStack];
        return Get(Encoding.UTF8.TryGetBytes(name, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Whether it is this text.</summary>
    public bool IsText(ReadOnlySpan<byte> expected)
    {
        if (ValueKind != JsonValueKind.String) return false;
        return IsEscaped ? JsonEscapes.Removed(Written).AsSpan().SequenceEqual(expected) : Written.SequenceEqual(expected);
    }

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">It has a lone surrogate.</exception>
    public string GetString()
    {
        var written = Written;
        if (!IsEscaped) return TextPool.Shared.Get(written);
        if (written.Length > LongestOnStack) return Encoding.UTF8.GetString(JsonEscapes.Removed(written));
        Span<byte> plain = stackalloc byte[LongestOnStack];
        return TextPool.Shared.Get(plain[..JsonEscapes.Remove(written, plain)]);
    }

    /// <summary>A number, Boolean or null as written.</summary>
    public string GetRawText() => ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        _ => TextPool.Shared.Get(Written),
    };

    /// <summary>The number, if it is a decimal.</summary>
    public bool TryGetDecimal(out decimal value) => Utf8Parser.TryParse(Written, out value, out var read) && read == Written.Length;

    /// <summary>Writes the value without its blanks.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (ValueKind == JsonValueKind.String)
        {
            json.WriteStringValue(GetString());
            return;
        }

        using var value = JsonDocument.Parse(Written.ToArray());
        value.RootElement.WriteTo(json);
    }
}
