using NetArchTest.Rules;

namespace Changeling.Pages.Tests;

/// <summary>Pages are made from reports: they know no terminal, no files, no cloud and no server.</summary>
public sealed class RoomsTests
{
    [Fact]
    public void It_knows_no_terminal_no_files_no_cloud_and_no_server()
    {
        var result = Types.InAssembly(typeof(BacktestPage).Assembly)
            .ShouldNot()
            .HaveDependencyOnAny(
                "System.Console", "System.IO.File", "Spectre", "System.CommandLine", "Azure", "Microsoft.ML", "Microsoft.AspNetCore.Http",
                "Microsoft.AspNetCore.Builder", "Microsoft.JSInterop")
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
