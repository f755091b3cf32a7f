using System.Xml.Linq;
using Changeling.Backtest.Reports;
using Changeling.Pages.Plots;
using OxyPlot.Annotations;

namespace Changeling.Pages.Tests;

/// <summary>Plots as the page has them.</summary>
public sealed class SvgPlotTests
{
    private const string Hostile = "\"><script>alert(1)</script>&\u202E";

    [Fact]
    public void Texts_and_the_label_are_encoded()
    {
        var plot = new SvgPlot(Hostile, _ =>
        {
            var model = PlainPlot.Create();
            model.Title = Hostile;
            model.Annotations.Add(new TextAnnotation { Text = Hostile });
            return model;
        });

        var svg = plot.Svg(SvgPlot.Wide);

        var root = XDocument.Parse(svg).Root!;
        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Hostile, (string?)root.Attribute("aria-label"));
        Assert.DoesNotContain(root.Descendants(), e => e.Name.LocalName is "script" or "a" or "image" or "foreignObject");
    }

    [Fact]
    public void It_has_the_colours_of_the_page_no_ids_and_no_size_of_its_own()
    {
        DayReport[] days = [Day("2026-11-03", 3, 1), Day("2026-11-05", 0, 0)];

        var svg = DayPlot.Of(days, "incidents", 2.5).Svg(SvgPlot.Narrow);

        Assert.DoesNotContain("rgb(1,2,", svg, StringComparison.Ordinal);
        Assert.Contains("var(--accent)", svg, StringComparison.Ordinal);
        Assert.Contains("var(--limit)", svg, StringComparison.Ordinal);
        Assert.Contains("budget 2.5 a day", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(" id=", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", svg, StringComparison.Ordinal);
        Assert.Null(XDocument.Parse(svg).Root!.Attribute("width"));
        Assert.Contains("Incidents by day from 2026-11-03 to 2026-11-05: at most 3 on a day", svg, StringComparison.Ordinal);
    }

    private static DayReport Day(string day, int alerts, int wrong) =>
        new(day, 100, 1, 0.01, alerts, 0, new Dictionary<string, int>(), wrong);
}
