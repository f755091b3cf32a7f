using System.Text.RegularExpressions;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Infra;

/// <summary>The variables of azd, as <c>docs/deploy.md</c> describes them.</summary>
public partial class ParametersDocTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "deploy.md"));

    [Fact]
    public void Every_variable_of_the_parameter_file_is_described()
    {
        var variables = Variable().Matches(File.ReadAllText(RepositoryRoot.Combine("infra", "main.parameters.json")))
            .Select(m => m.Groups[1].Value)
            .Where(name => !name.StartsWith("AZURE_", StringComparison.Ordinal))
            .ToList();

        Assert.Contains("MAXIMUM_INSTANCES", variables);
        Assert.All(variables, name => Assert.Contains(name, Page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Variable();
}
