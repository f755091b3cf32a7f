using System.Globalization;
using Changeling.Pages.Shell;
using CsCheck;

namespace Changeling.Pages.Tests;

/// <summary>Invisible and direction-changing characters of events are shown as code points.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("invoice\u202Egpj.exe", "invoice[U+202E]gpj.exe")]
    [InlineData("a\u200Bb\uFEFF", "a[U+200B]b[U+FEFF]")]
    [InlineData("\u001b[31m", "[U+001B][31m")]
    [InlineData("line\r\nfeed\t", "line[U+000D][U+000A]feed[U+0009]")]
    [InlineData("no\u00A0break\u3164", "no[U+00A0]break[U+3164]")]
    [InlineData("tag \U000E0041", "tag [U+E0041]")]
    [InlineData("\U0001F600 é ש", "\U0001F600 é ש")]
    public void Code_points_stand_for_what_cannot_be_seen(string text, string shown) =>
        Assert.Equal(shown, string.Concat(VisibleText.Parts(text).Select(p => p.IsCode ? $"[{p.Text}]" : p.Text)));

    [Fact]
    public void A_lone_surrogate_is_named() =>
        Assert.Equal(["x", "U+D800"], VisibleText.Parts("x\uD800").Select(p => p.Text));

    [Fact]
    public void Nothing_of_any_text_is_lost_and_nothing_hidden_is_left() => Gen.String[Gen.Char, 0, 40].Sample(text =>
    {
        var parts = VisibleText.Parts(text).ToList();
        var back = string.Concat(parts.Select(p => p.IsCode ? Character(p.Text) : p.Text));
        var shown = string.Concat(parts.Where(p => !p.IsCode).Select(p => p.Text));
        return back == text && !shown.Any(u => char.IsControl(u) || u is >= '\u202A' and <= '\u202E');
    });

    private static string Character(string codePoint)
    {
        var code = int.Parse(codePoint[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code);
    }
}
