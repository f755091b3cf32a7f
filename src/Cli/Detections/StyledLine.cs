using Spectre.Console;

namespace Changeling.Cli.Detections;

/// <summary>One line in parts of different styles. Texts are shown as they are: markup in them is text.</summary>
internal sealed class StyledLine
{
    private readonly Paragraph _text = new();

    /// <summary>Number of UTF-16 units so far.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a text.</summary>
    public StyledLine Add(string text, Style? style = null)
    {
        _text.Append(text, style ?? Style.Plain);
        Length += text.Length;
        return this;
    }

    /// <summary>Writes the line and its end.</summary>
    public void WriteTo(IAnsiConsole console)
    {
        console.Write(_text);
        console.WriteLine();
    }
}
