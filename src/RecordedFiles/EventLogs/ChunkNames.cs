namespace Changeling.RecordedFiles.EventLogs;

/// <summary>The names of elements and attributes of a chunk. Each is stored where it is used first, and referred to by its place.</summary>
/// <param name="chunk">The chunk.</param>
internal sealed class ChunkNames(ReadOnlyMemory<byte> chunk)
{
    /// <summary>Maximum number of characters; a provider's names have less than a hundred.</summary>
    private const int MaxLength = 1024;

    private readonly Dictionary<uint, string> _names = [];

    /// <summary>The name at the place that follows; it is stored there, or right here if it is used for the first time.</summary>
    /// <exception cref="BinaryXmlException">There is no name.</exception>
    public string Read(ref BinaryCursor cursor)
    {
        var place = cursor.UInt32();
        if (place == cursor.Position) ReadHere(ref cursor);
        if (_names.TryGetValue(place, out var known)) return known;
        if (place > chunk.Length) throw new BinaryXmlException("a name is outside of its chunk");
        var there = new BinaryCursor(chunk.Span, (int)place, chunk.Length);
        var name = ReadHere(ref there);
        return _names[place] = IsName(name) ? name : throw new BinaryXmlException("a name is not one of XML");
    }

    /// <summary>The place of the next name with the same hash and the hash come first, a null last.</summary>
    private static string ReadHere(ref BinaryCursor cursor)
    {
        cursor.Bytes(6);
        var name = cursor.Text(MaxLength);
        cursor.Bytes(2);
        return name;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '-' or '.' or ':');
}
