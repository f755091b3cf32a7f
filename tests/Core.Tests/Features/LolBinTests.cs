using System.Text.RegularExpressions;
using Changeling.Features;

namespace Changeling.Core.Tests.Features;

public partial class LolBinTests
{
    private static readonly LolBinCatalogue Catalogue = LolBinCatalogue.Shipped;

    /// <summary>The model was trained with these: another one means another feature schema.</summary>
    private const int Known = 147;

    [Fact]
    public void Each_program_has_one_technique_with_id_and_name()
    {
        Assert.Equal(Known, Catalogue.Names.Count);
        Assert.All(Catalogue.Names, program => Assert.Matches(Technique(), Catalogue.TechniqueInWords(program)));
    }

    [Theory]
    [InlineData("certutil.exe", "T1105 Ingress Tool Transfer")]
    [InlineData("rundll32.exe", "T1218.011 Rundll32")]
    [InlineData("wmic.exe", "T1047 Windows Management Instrumentation")]
    [InlineData("notepad.exe", null)]
    public void A_program_is_told_by_its_name(string program, string? technique)
    {
        Assert.Equal(technique, Catalogue.TechniqueInWords(program));
        Assert.Equal(technique is not null, Catalogue.Contains(program));
    }

    [GeneratedRegex(@"^T1\d{3}(\.\d{3})? [A-Z]\w.+$|^T1053\.002 At$")]
    private static partial Regex Technique();
}
