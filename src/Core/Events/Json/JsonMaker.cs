using System.Buffers;
using System.Text;

namespace Changeling.Events.Json;

/// <summary>
/// Makes an object without writing and parsing it: names and texts of its own, and values of other documents as they are. Those documents
/// must live as long as it is used.
/// </summary>
internal sealed class JsonMaker
{
    private const int FirstSize = 4096;
    private const int MaxUsualDepth = 4;

    private readonly List<JsonValue> _elsewhere = [];
    private readonly Stack<int> _open = new(MaxUsualDepth);
    private readonly JsonRows _rows;
    private byte[] _text = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _length;

    public JsonMaker()
    {
        _rows = JsonRows.Empty(_elsewhere);
        BeginObject(""u8);
    }

    /// <summary>Number of objects and arrays that are open.</summary>
    public int Depth => _open.Count;

    /// <summary>The object that is made, to be disposed of.</summary>
    public static JsonRows Object(Action<JsonMaker> make)
    {
        var maker = new JsonMaker();
        make(maker);
        return maker.Finish();
    }

    /// <summary>Ends what is open. Nothing is added any more.</summary>
    /// <returns>The object, to be disposed of.</returns>
    public JsonRows Finish()
    {
        while (Depth > 0) End();
        _rows.Own(_text);
        return _rows;
    }

    /// <summary>Gives up the object.</summary>
    /// <returns><see langword="null"/>.</returns>
    public JsonRows? Discard()
    {
        Finish().Dispose();
        return null;
    }

    /// <summary>Begins an object. An element of an array has an empty name.</summary>
    public void BeginObject(string name) => Begin(Write(name), JsonRow.Kinds.Object);

    /// <summary>As the other overload.</summary>
    public void BeginObject(ReadOnlySpan<byte> name) => Begin(Write(name), JsonRow.Kinds.Object);

    /// <summary>Begins an array.</summary>
    public void BeginArray(string name) => Begin(Write(name), JsonRow.Kinds.Array);

    /// <summary>Ends the object or array that was begun last.</summary>
    public void End() => _rows.Close(_open.Pop(), end: 0);

    /// <summary>Adds a text, or null. A lone surrogate becomes U+FFFD.</summary>
    public void Add(string name, string? text)
    {
        ref var row = ref AddRow(Write(name));
        row.Kind = text is null ? JsonRow.Kinds.Null : JsonRow.Kinds.Text;
        (row.Start, row.Length) = Write(text);
    }

    /// <summary>Adds a text of UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        ref var row = ref AddRow(Write(name));
        row.Kind = JsonRow.Kinds.Text;
        (row.Start, row.Length) = Write(text);
    }

    /// <summary>Adds <c>true</c>.</summary>
    public void AddTrue(string name) => AddRow(Write(name)).Kind = JsonRow.Kinds.True;

    /// <summary>Adds a value of another document.</summary>
    public void Add(string name, JsonValue value) => Add(Write(name), value);

    /// <summary>As the other overload.</summary>
    public void Add(ReadOnlySpan<byte> name, JsonValue value) => Add(Write(name), value);

    private void Add((int Start, int Length) name, JsonValue value)
    {
        ref var row = ref AddRow(name);
        (row.Kind, row.Start) = (JsonRow.Kinds.Elsewhere, _elsewhere.Count);
        _elsewhere.Add(value);
    }

    private void Begin((int Start, int Length) name, JsonRow.Kinds kind)
    {
        AddRow(name).Kind = kind;
        _open.Push(_rows.Count - 1);
    }

    private ref JsonRow AddRow((int Start, int Length) name)
    {
        ref var row = ref _rows.Add();
        row.Next = _rows.Count;
        (row.NameStart, row.NameLength) = name;
        return ref row;
    }

    private (int Start, int Length) Write(string? text)
    {
        var start = _length;
        if (string.IsNullOrEmpty(text)) return (start, 0);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length - _length < most) Grow(_length + most);
        _length += Encoding.UTF8.GetBytes(text, _text.AsSpan(_length));
        return (start, _length - start);
    }

    private (int Start, int Length) Write(ReadOnlySpan<byte> text)
    {
        var start = _length;
        if (_text.Length - _length < text.Length) Grow(_length + text.Length);
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
        return (start, text.Length);
    }

    private void Grow(int least)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _text.Length, least));
        _text.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_text);
        _text = larger;
    }
}
