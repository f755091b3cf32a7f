using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

public class FeatureSchemaTests
{
    /// <summary>
    /// Hash of all names in order. Version 6 added the libraries that are loaded (<c>loads.*</c>), unknown programs in System32, two
    /// behaviours and a telltale, and mended terms that could not be found.
    /// </summary>
    private const uint Names = 1497521708;

    [Fact]
    public void Every_feature_has_a_name_of_its_own_a_unit_and_a_range()
    {
        Assert.Equal(FeatureSchema.Length, FeatureSchema.Definitions.Select(d => d.Name).Distinct().Count());
        Assert.All(
            FeatureSchema.Definitions, d => Assert.False(string.IsNullOrWhiteSpace(d.Unit) || string.IsNullOrWhiteSpace(d.Range), d.Name));
    }

    [Fact]
    public void A_vector_has_one_value_a_feature() =>
        Assert.Equal(FeatureSchema.Length, FeatureExtractor.Extract(Some.ProcessEvent()).Values.Length);

    /// <summary>
    /// Who changes the list must also change the version: models trained before would read the wrong numbers. So must who changes what a
    /// feature means.
    /// </summary>
    [Fact]
    public void The_list_of_names_is_that_of_version_6()
    {
        var names = string.Join('\n', FeatureSchema.Definitions.Select(d => d.Name));

        Assert.Equal(6, FeatureSchema.Version);
        Assert.Equal(Names, StableHash.Of(names));
    }
}
