using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Changeling.Pages.Shell;

/// <summary>
/// Text of an event: encoded, on its own as to the direction of writing, and with its invisible characters visible. Written in code,
/// because a template would add blanks.
/// </summary>
public sealed class EventText : ComponentBase
{
    /// <summary>Maximum length of a text that is no command line, in UTF-16 units.</summary>
    private const int UsualMost = 300;

    private const string LineFeed = "U+000A";

    /// <summary>The text, as received.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>Whether line feeds break the line, as in text that this program made.</summary>
    [Parameter]
    public bool KeepLines { get; set; }

    /// <summary>How many UTF-16 units are shown; of the others, their number is.</summary>
    [Parameter]
    public int Most { get; set; } = UsualMost;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "bdi");
        foreach (var part in VisibleText.Parts(Text.Length > Most ? Text[..Most] : Text))
        {
            if (!part.IsCode) builder.AddContent(1, part.Text);
            else if (KeepLines && part.Text == LineFeed) builder.AddContent(2, "\n");
            else AddMarked(builder, "codepoint", part.Text);
        }

        if (Text.Length > Most) AddMarked(builder, "more", $" … {Figures.Number(Text.Length - Most)} more characters");
        builder.CloseElement();
    }

    private static void AddMarked(RenderTreeBuilder builder, string style, string text)
    {
        builder.OpenElement(3, "span");
        builder.AddAttribute(4, "class", style);
        builder.AddContent(5, text);
        builder.CloseElement();
    }
}
