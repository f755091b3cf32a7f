using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Changeling.Events.Json;

/// <summary>The properties of an object, or the elements of an array.</summary>
/// <param name="rows">The document.</param>
/// <param name="parent">The row of the object or array.</param>
internal readonly struct JsonChildren(JsonRows? rows, int parent) : IEnumerable<JsonProperty>
{
    /// <summary>The values alone.</summary>
    public IEnumerable<JsonValue> Values
    {
        get
        {
            foreach (var child in this) yield return child.Value;
        }
    }

    /// <summary>Begins before the first one.</summary>
    public Enumerator GetEnumerator() => new(rows, parent);

    /// <inheritdoc/>
    IEnumerator<JsonProperty> IEnumerable<JsonProperty>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes from one to the next.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Enumerator(JsonRows? rows, int parent) : IEnumerator<JsonProperty>
    {
        private int _row;

        /// <inheritdoc/>
        public readonly JsonProperty Current => new(rows!, _row);

        /// <inheritdoc/>
        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (rows is null) return false;
            _row = _row == 0 ? parent + 1 : rows.At(_row).Next;
            return _row < rows.At(parent).Next;
        }

        /// <inheritdoc/>
        public void Reset() => _row = 0;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}

/// <summary>A property of an object, or an element of an array, which has no name.</summary>
/// <param name="rows">The document.</param>
/// <param name="row">Its row.</param>
internal readonly struct JsonProperty(JsonRows rows, int row)
{
    /// <summary>The value.</summary>
    public JsonValue Value => rows.Value(row);

    /// <summary>The name as written.</summary>
    public ReadOnlySpan<byte> WrittenName => rows.Part(rows.At(row).NameStart, rows.At(row).NameLength);

    /// <summary>The name.</summary>
    public string Name => (rows.At(row).Mark & JsonRow.Marks.NameIsEscaped) != 0
        ? Encoding.UTF8.GetString(JsonEscapes.Removed(WrittenName))
        : TextPool.Shared.Get(WrittenName);
}
