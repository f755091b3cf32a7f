namespace Changeling.Catalogues;

/// <summary>One line of a <see cref="WordFile"/>.</summary>
/// <param name="File">Path of the file, for messages.</param>
/// <param name="Number">Number of the line, from 1.</param>
/// <param name="Text">Its text without indentation and quotes.</param>
public sealed record WordLine(string File, int Number, string Text)
{
    /// <summary>The fields of a line, between <c> | </c>; the last one takes the rest of the line and may be empty.</summary>
    /// <param name="count">Number of fields.</param>
    /// <param name="shape">The fields in words, for the message: <c>program | arguments</c>.</param>
    /// <exception cref="InvalidDataException">The line has fewer fields.</exception>
    public string[] Fields(int count, string shape)
    {
        var fields = $"{Text} ".Split(" | ", count);
        if (fields.Length < count) throw Fault($"expected '{shape}'");
        fields[^1] = fields[^1].TrimEnd();
        return fields;
    }

    /// <summary>The error of this line: what is wrong, with file and line before it.</summary>
    /// <param name="problem">What is wrong.</param>
    public InvalidDataException Fault(string problem) => new($"{File}, line {Number}: {problem}");

    internal WordLine Unquoted()
    {
        if (Text[0] != '"') return this;
        return Text.Length > 2 && Text[^1] == '"' ? this with { Text = Text[1..^1] } : throw Fault("an item in double quotes has no end");
    }
}
