using System.Buffers.Binary;
using System.Text;

namespace Changeling.TestSupport.EventLogs;

/// <summary>
/// Writes binary XML into a chunk as Windows does: a name and a template are stored where they are used first, and referred to later.
/// Written from the format description alone ([MS-EVEN6] 2.2.12 and https://github.com/libyal/libevtx, folder documentation).
/// </summary>
/// <param name="position">Where the writer's first byte is in the chunk.</param>
public sealed class BinaryXmlWriter(int position)
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<XmlElementTemplate, int> _templates = [];

    public int Position => position + _bytes.Count;

    public byte[] Bytes => [.. _bytes];

    public void Add(params ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void Add16(int value) => Add((byte)value, (byte)(value >> 8));

    public void Add32(uint value) => Add((byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24));

    public void Add64(ulong value)
    {
        Add32((uint)value);
        Add32((uint)(value >> 32));
    }

    /// <summary>A fragment that is one template instance.</summary>
    public void Fragment(XmlElementTemplate template, IReadOnlyList<XmlValue> values)
    {
        Add(0x0F, 0x01, 0x01, 0x00);
        Instance(template, values);
        Add(0x00);
    }

    /// <summary>A fragment that is an element without a template; only such elements have no dependency.</summary>
    public void Fragment(XmlElementTemplate element)
    {
        Add(0x0F, 0x01, 0x01, 0x00);
        Element(element, hasDependency: false);
        Add(0x00);
    }

    /// <summary>Changes bytes that were written before.</summary>
    public void Patch32(int at, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        for (var i = 0; i < bytes.Length; i++) _bytes[at - position + i] = bytes[i];
    }

    private void Instance(XmlElementTemplate template, IReadOnlyList<XmlValue> values)
    {
        Add(0x0C, 0x01);
        Add32((uint)template.Name.Length);
        if (_templates.TryGetValue(template, out var known))
        {
            Add32((uint)known);
        }
        else
        {
            _templates[template] = Position + 4;
            Add32((uint)(Position + 4));
            Add32(0);
            Add(Guid.Parse("0e7b5a6c-3f44-4b27-9d6b-2a57c0a1f3d9").ToByteArray());
            var size = Position;
            Add32(0);
            Add(0x0F, 0x01, 0x01, 0x00);
            Element(template, hasDependency: true);
            Add(0x00);
            Patch32(size, (uint)(Position - size - 4));
        }

        // The descriptors come before the values, and a value of binary XML has a size only when it is written.
        Add32((uint)values.Count);
        var descriptors = Position;
        foreach (var value in values)
        {
            Add16(0);
            Add(value.Type, 0x00);
        }

        foreach (var (index, value) in values.Index())
        {
            var start = Position;
            if (value.Inner is { } inner) Fragment(inner.Template, inner.Values);
            else if (value.Type == 0x21 && value.Element is { } element) Fragment(element);
            else Add(value.Bytes);
            var size = Position - start;
            _bytes[descriptors - position + index * 4] = (byte)size;
            _bytes[descriptors - position + index * 4 + 1] = (byte)(size >> 8);
        }
    }

    private void Element(XmlElementTemplate element, bool hasDependency)
    {
        Add((byte)(element.Attributes.Count > 0 ? 0x41 : 0x01));
        if (hasDependency) Add16(0xFFFF);
        var size = Position;
        Add32(0);
        Name(element.Name);
        if (element.Attributes.Count > 0)
        {
            var list = Position;
            Add32(0);
            foreach (var (index, (name, part)) in element.Attributes.Index())
            {
                Add((byte)(index + 1 < element.Attributes.Count ? 0x46 : 0x06));
                Name(name);
                Part(part, hasDependency);
            }

            Patch32(list, (uint)(Position - list - 4));
        }

        if (element.Content.Count == 0)
        {
            Add(0x03);
        }
        else
        {
            Add(0x02);
            foreach (var part in element.Content) Part(part, hasDependency);
            Add(0x04);
        }

        Patch32(size, (uint)(Position - size - 4));
    }

    private void Part(object part, bool hasDependency)
    {
        switch (part)
        {
            case XmlElementTemplate element:
                Element(element, hasDependency);
                break;
            case string text:
                Add(0x05, 0x01);
                Text(text);
                break;
            case XmlSubstitution substitution:
                Add((byte)(substitution.IsOptional ? 0x0E : 0x0D));
                Add16(substitution.Index);
                Add(substitution.Type);
                break;
            case XmlEntity entity:
                Add(0x09);
                Name(entity.Name);
                break;
            case XmlCharacter character:
                Add(0x08);
                Add16(character.Code);
                break;
            case XmlCData data:
                Add(0x07);
                Text(data.Text);
                break;
            default:
                throw new NotSupportedException(part.ToString());
        }
    }

    private void Text(string text)
    {
        Add16(text.Length);
        Add(Encoding.Unicode.GetBytes(text));
    }

    private void Name(string name)
    {
        if (_names.TryGetValue(name, out var known))
        {
            Add32((uint)known);
            return;
        }

        _names[name] = Position + 4;
        Add32((uint)(Position + 4));
        Add32(0);
        Add16((ushort)name.Aggregate(0u, (hash, unit) => hash * 65599 + unit));
        Text(name);
        Add16(0);
    }
}

/// <summary>An element: attributes and content are texts, substitutions, entities or elements.</summary>
public sealed record XmlElementTemplate(string Name, IReadOnlyList<(string Name, object Part)> Attributes, IReadOnlyList<object> Content)
{
    public bool Equals(XmlElementTemplate? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The place of a value.</summary>
public sealed record XmlSubstitution(int Index, byte Type, bool IsOptional = true);

/// <summary>A reference to an entity of XML.</summary>
public sealed record XmlEntity(string Name);

/// <summary>A character by its number.</summary>
public sealed record XmlCharacter(int Code);

/// <summary>Text that needs no escapes.</summary>
public sealed record XmlCData(string Text);

/// <summary>A value: bytes of a type, another template with its values, or an element.</summary>
public sealed record XmlValue(byte Type, byte[] Bytes)
{
    public (XmlElementTemplate Template, IReadOnlyList<XmlValue> Values)? Inner { get; init; }

    public XmlElementTemplate? Element { get; init; }

    public static XmlValue Null { get; } = new(0x00, []);

    public static XmlValue Text(string text) => new(0x01, Encoding.Unicode.GetBytes(text));

    public static XmlValue Template(XmlElementTemplate template, params IReadOnlyList<XmlValue> values) =>
        new(0x21, []) { Inner = (template, values) };

    public static XmlValue Xml(XmlElementTemplate element) => new(0x21, []) { Element = element };
}
