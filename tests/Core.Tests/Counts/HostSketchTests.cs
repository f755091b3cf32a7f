using System.Globalization;
using Changeling.Counts;
using CsCheck;

namespace Changeling.Core.Tests.Counts;

/// <summary>The estimate of a fleet's hosts.</summary>
public sealed class HostSketchTests
{
    private const int Monday = 20_000 - (20_000 % 7);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(500)]
    [InlineData(2_000)]
    [InlineData(20_000)]
    public void The_estimate_is_within_a_third(int hosts)
    {
        var sketch = Of("ws", hosts);

        Assert.InRange(sketch.Hosts, hosts * 2 / 3, Math.Max(1, hosts * 4 / 3));
    }

    [Fact]
    public void A_host_counts_once_in_whatever_partition() => Gen.Int[1, 300].Select(Gen.Int[1, 4]).Sample((hosts, partitions) =>
    {
        var all = Of("ws", hosts);
        var sum = new HostSketch();
        for (var p = 0; p < partitions; p++)
        {
            var part = new HostSketch();
            for (var i = 0; i < hosts; i++)
            {
                if (i % partitions == p || i % 3 == 0) part.Add(Name("ws", i), Monday);
            }

            sum.Add(HostSketch.Parse(part.ToText()));
        }

        Assert.Equal(all.Hosts, sum.Hosts);
    });

    [Fact]
    public void A_host_is_forgotten_after_the_week_that_follows_its_own()
    {
        var sketch = Of("old", 400);

        sketch.Add("new", Monday + 7);
        Assert.InRange(sketch.Hosts, 260, 540);
        sketch.Add("new", Monday + 14);
        Assert.Equal(1, sketch.Hosts);
        sketch.Add("late", Monday);
        Assert.Equal(2, sketch.Hosts);
    }

    [Fact]
    public void Partitions_in_different_weeks_add_up_by_the_later_one()
    {
        var (older, later) = (Of("old", 100), new HostSketch());
        later.Add("new", Monday + 7);

        older.Add(later);

        Assert.InRange(older.Hosts, 65, 135);
        older.Add(Of("much older", 50));
        Assert.InRange(older.Hosts, 65, 185);
    }

    [Fact]
    public void The_text_has_a_bounded_length_and_reads_back()
    {
        var sketch = Of("ws", 5_000);

        Assert.Equal(176, sketch.ToText().Length);
        Assert.Equal(sketch.ToText(), HostSketch.Parse(sketch.ToText()).ToText());
        Assert.Equal("", new HostSketch().ToText());
        Assert.Equal(0, HostSketch.Parse("").Hosts);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64 at all !")]
    [InlineData("\ud800")]
    public void A_text_that_is_no_sketch_begins_anew(string text)
    {
        var whole = Of("ws", 300).ToText();

        foreach (var damaged in new[] { text, whole[1..], $"{whole}AAAA", $"{whole[..^4]}____" })
        {
            var sketch = HostSketch.Parse(damaged);
            Assert.Equal(0, sketch.Hosts);
            sketch.Add("ws", Monday);
            Assert.Equal(1, sketch.Hosts);
        }
    }

    private static HostSketch Of(string prefix, int hosts)
    {
        var sketch = new HostSketch();
        for (var i = 0; i < hosts; i++) sketch.Add(Name(prefix, i), Monday);
        return sketch;
    }

    private static string Name(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:d5}.corp.example");
}
