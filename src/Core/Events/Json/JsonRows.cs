using System.Buffers;
using System.Runtime.InteropServices;

namespace Changeling.Events.Json;

/// <summary>
/// The values of one JSON text as rows of places in it. Nothing is copied out of the text before it is asked for. To be disposed of, and
/// then no value of it may be used. It is used by one thread at a time.
/// </summary>
internal sealed class JsonRows : IDisposable
{
    /// <summary>An object with fewer properties is searched one by one.</summary>
    private const int LeastForNames = 8;

    /// <summary>A first guess at the number of bytes for one value.</summary>
    private const int BytesOfValue = 24;

    private const int LeastRows = 32;
    private const int MostRows = 4096;

    private readonly List<JsonValue>? _elsewhere;
    private byte[] _text;
    private int _start;
    private bool _isOwner;
    private JsonRow[] _rows;
    private JsonNames? _names;

    private JsonRows(int capacity, List<JsonValue>? elsewhere) =>
        (_text, _rows, _elsewhere) = ([], ArrayPool<JsonRow>.Shared.Rent(capacity), elsewhere);

    /// <summary>The value.</summary>
    public JsonValue Root => new(this, 0);

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Parses a text; <see langword="null"/> if it is not exactly one JSON value of at most <paramref name="maxDepth"/> levels.
    /// </summary>
    /// <param name="text">UTF-8, which must not change.</param>
    /// <param name="maxDepth">Maximum number of objects and arrays in each other.</param>
    public static JsonRows? TryParse(ReadOnlyMemory<byte> text, int maxDepth)
    {
        var bytes = MemoryMarshal.TryGetArray(text, out var array) ? array : new ArraySegment<byte>(text.ToArray());
        var rows = new JsonRows(Math.Clamp(bytes.Count / BytesOfValue, LeastRows, MostRows), elsewhere: null);
        rows.Over(bytes);
        if (new JsonParser(bytes, rows).TryParse(maxDepth)) return rows;
        rows.Dispose();
        return null;
    }

    /// <summary>A document without rows and without a text.</summary>
    /// <param name="elsewhere">The values of other documents that stand in it.</param>
    public static JsonRows Empty(List<JsonValue> elsewhere) => new(LeastRows, elsewhere);

    /// <summary>Sets the text that the rows are of.</summary>
    public void Over(ArraySegment<byte> text) => (_text, _start) = (text.Array!, text.Offset);

    /// <summary>Sets a text out of the shared pool of arrays, which goes back there with the rows.</summary>
    public void Own(byte[] text) => (_text, _isOwner) = (text, true);

    /// <summary>Adds an empty row.</summary>
    public ref JsonRow Add()
    {
        if (Count == _rows.Length) Grow();
        ref var row = ref _rows[Count++];
        row = default;
        return ref row;
    }

    /// <summary>Ends an object or array behind its last byte.</summary>
    public void Close(int row, int end) => (_rows[row].Length, _rows[row].Next) = (end - _rows[row].Start, Count);

    /// <summary>Whether the row is an object.</summary>
    public bool IsObject(int row) => _rows[row].Kind == JsonRow.Kinds.Object;

    /// <summary>One row.</summary>
    public ref readonly JsonRow At(int row) => ref _rows[row];

    /// <summary>The value of a row.</summary>
    public JsonValue Value(int row) => _rows[row].Kind == JsonRow.Kinds.Elsewhere ? _elsewhere![_rows[row].Start] : new(this, row);

    /// <summary>A part of the text.</summary>
    public ReadOnlySpan<byte> Part(int start, int length) => new(_text, _start + start, length);

    /// <summary>As <see cref="Part"/>.</summary>
    public ReadOnlyMemory<byte> Memory(int start, int length) => new(_text, _start + start, length);

    /// <summary>The row of the property of an object; of several with the name, the last one. -1 without one.</summary>
    public int Find(int parent, ReadOnlySpan<byte> name)
    {
        if (NamesOf(parent) is { } names) return names.Find(this, parent, name);
        var (found, end) = (-1, _rows[parent].Next);
        for (var row = parent + 1; row < end; row = _rows[row].Next)
        {
            if (HasName(row, name)) found = row;
        }

        return found;
    }

    /// <summary>Whether a property's name holds a dot or an escape, so that it may be a path such as <c>process.name</c>.</summary>
    public bool MayHavePaths(int parent) => NamesOf(parent)?.HavePaths(parent) ?? true;

    /// <summary>Whether the row has the name, however it is escaped.</summary>
    public bool HasName(int row, ReadOnlySpan<byte> name)
    {
        ref readonly var property = ref _rows[row];
        var written = Part(property.NameStart, property.NameLength);
        return (property.Mark & JsonRow.Marks.NameIsEscaped) == 0
            ? written.SequenceEqual(name)
            : written.Length > name.Length && JsonEscapes.Removed(written).AsSpan().SequenceEqual(name);
    }

    public void Dispose()
    {
        ArrayPool<JsonRow>.Shared.Return(_rows);
        if (_isOwner) ArrayPool<byte>.Shared.Return(_text);
        _names?.Dispose();
        (_rows, _text, _names, _isOwner, Count) = ([], [], null, false, 0);
    }

    /// <summary>The index of the names of an object; <see langword="null"/> if it has only a few, or very many.</summary>
    private JsonNames? NamesOf(int parent)
    {
        // Whatever has so few rows has no more properties.
        if (_rows[parent].Next - parent <= LeastForNames) return null;
        return (_names ??= JsonNames.Rent()).TryAdd(this, parent) ? _names : null;
    }

    private void Grow()
    {
        var larger = ArrayPool<JsonRow>.Shared.Rent(_rows.Length * 2);
        _rows.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<JsonRow>.Shared.Return(_rows);
        _rows = larger;
    }
}
