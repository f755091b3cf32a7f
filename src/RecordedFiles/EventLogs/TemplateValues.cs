namespace Changeling.RecordedFiles.EventLogs;

/// <summary>The values of one template instance.</summary>
internal readonly struct TemplateValues
{
    /// <summary>A substitution has 16 bits.</summary>
    private const int MaxCount = ushort.MaxValue;

    private readonly TemplateValue[] _values;

    private TemplateValues(TemplateValue[] values) => _values = values;

    /// <summary>Outside of a template there are no values.</summary>
    public static TemplateValues None { get; } = new([]);

    /// <summary>Number of values.</summary>
    public int Count => _values.Length;

    /// <summary>The value of a substitution; an absent one if there are fewer.</summary>
    public TemplateValue this[int index] => index < _values.Length ? _values[index] : default;

    /// <summary>Reads the number of values, their sizes and types, and skips the values themselves.</summary>
    public static TemplateValues Read(ref BinaryCursor cursor)
    {
        var count = cursor.UInt32();
        if (count > MaxCount || count * 4 > cursor.End - cursor.Position) throw new BinaryXmlException("it has too many values");
        var values = new TemplateValue[count];
        foreach (ref var value in values.AsSpan())
        {
            var length = cursor.UInt16();
            value = new TemplateValue(0, length, cursor.Byte());
            cursor.Byte();
        }

        foreach (ref var value in values.AsSpan())
        {
            value = value with { Start = cursor.Position };
            cursor.Bytes(value.Length);
        }

        return new(values);
    }
}
