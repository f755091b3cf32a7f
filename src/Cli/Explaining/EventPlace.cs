using System.Globalization;

namespace Changeling.Cli.Explaining;

/// <summary>The event that a user names: <c>FILE</c>, or <c>FILE:LINE</c> as <c>score</c> counts lines.</summary>
/// <param name="File">The file; <c>-</c> for standard input.</param>
/// <param name="Line">1-based line at which the message starts; <see langword="null"/> when none is named.</param>
/// <param name="Record">0-based index of the record in its message; <see langword="null"/> when none is named.</param>
internal sealed record EventPlace(string File, int? Line, int? Record)
{
    /// <summary>Reads the argument. If a file with the whole text as its name exists, the text is not split at a colon.</summary>
    /// <param name="text">The file, optionally with a line.</param>
    /// <param name="namedLine">
    /// The line from its own option, as for standard input, because the parser reads <c>-:7</c> as an option.
    /// </param>
    /// <param name="record">The record.</param>
    /// <exception cref="CliException">The line is not a valid number.</exception>
    public static EventPlace Parse(string text, int? namedLine, int? record)
    {
        if (namedLine is not null) return new EventPlace(text, namedLine, record);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || System.IO.File.Exists(text)) return new EventPlace(text, null, record);

        var (file, line) = (text[..colon], text[(colon + 1)..]);
        if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return new EventPlace(file, number, record);
        return System.IO.File.Exists(file)
            ? throw new CliException($"'{line}' is not a line of {file}; write {file}:LINE with a line that 'changeling score' names.")
            : new EventPlace(text, null, record);
    }

    /// <summary>The text as a user would write it.</summary>
    public override string ToString() => Line is { } line ? $"{File}:{line}{(Record is { } record ? $", record {record}" : "")}" : File;
}
