using System.Globalization;
using System.Xml.Linq;
using OxyPlot;

namespace Changeling.Pages.Plots;

/// <summary>
/// A plot as SVG within a page: in the page's colours and type, as wide as its place, and with a text for those who do not see it.
/// </summary>
/// <param name="label">What the plot shows, in a sentence or two.</param>
/// <param name="make">Makes the plot for a width, in pixels; called once for each size.</param>
public sealed class SvgPlot(string label, Func<int, PlotModel> make)
{
    /// <summary>The size on a screen, in pixels.</summary>
    public static readonly (int Width, int Height) Wide = (880, 280);

    /// <summary>Half of that.</summary>
    public static readonly (int Width, int Height) Half = (430, 320);

    /// <summary>The size on a phone, in pixels.</summary>
    public static readonly (int Width, int Height) Narrow = (340, 240);

    /// <summary>The plot.</summary>
    /// <param name="size">Its width and height in pixels, from which only the proportion and the size of letters follow.</param>
    public string Svg((int Width, int Height) size)
    {
        var exporter = new SvgExporter { Width = size.Width, Height = size.Height, IsDocument = false };
        var svg = XDocument.Parse(exporter.ExportToString(make(size.Width))).Root!;
        svg.SetAttributeValue("width", null);
        svg.SetAttributeValue("height", null);
        svg.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {size.Width} {size.Height}"));
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-label", label);

        // Ids are of the whole page, so what one plot defines would be used by all. Nothing is drawn outside.
        svg.Descendants().Where(e => e.Name.LocalName == "defs").Remove();
        foreach (var element in svg.Descendants())
        {
            element.SetAttributeValue("clip-path", null);
            element.SetAttributeValue("font-family", null);
            if (InPageColours(element) is { Length: > 0 } style) element.SetAttributeValue("style", style);
        }

        return svg.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The style with the page's variables, which are only for styles: a colour in an attribute of its own moves there.</summary>
    private static string InPageColours(XElement element)
    {
        var style = (string?)element.Attribute("style") ?? "";
        foreach (var name in new[] { "fill", "stroke" })
        {
            if (element.Attribute(name) is not { } colour) continue;
            style += $";{name}:{colour.Value}";
            colour.Remove();
        }

        return Ink.Variables.Aggregate(
            style.TrimStart(';'), (text, ink) => text.Replace(ink.Colour, ink.Variable, StringComparison.Ordinal));
    }
}
