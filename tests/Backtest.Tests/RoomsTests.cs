using System.Reflection;
using NetArchTest.Rules;

namespace Changeling.Backtest.Tests;

/// <summary>
/// The folders of the backtest and the arrows between them: each uses only those before it, and none of them a terminal or a cloud.
/// </summary>
public sealed class RoomsTests
{
    private static readonly Assembly Backtest = typeof(BacktestRun).Assembly;
    private static readonly string[] Rooms =
        ["Recordings", "Reports", "Spreadsheets", "Gathering", "Thresholds", "Trials", "Fleet", "Checkpoints"];

    public static TheoryData<string> EachRoom => [.. Rooms];

    [Theory]
    [MemberData(nameof(EachRoom))]
    public void A_folder_uses_only_folders_before_it(string room)
    {
        string[] later =
        [
            .. Rooms.Skip(Array.IndexOf(Rooms, room) + 1).Select(name => $"Changeling.Backtest.{name}"), typeof(BacktestRun).FullName!,
            typeof(ReportBuilder).FullName!, typeof(BacktestOptions).FullName!,
        ];

        var result = Types.InAssembly(Backtest)
            .That()
            .ResideInNamespace($"Changeling.Backtest.{room}")
            .ShouldNot()
            .HaveDependencyOnAny(later)
            .GetResult();

        Assert.NotEmpty(Types.InAssembly(Backtest).That().ResideInNamespace($"Changeling.Backtest.{room}").GetTypes());
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void It_knows_no_terminal_no_arguments_no_cloud_and_no_trainer()
    {
        var result = Types.InAssembly(Backtest)
            .ShouldNot()
            .HaveDependencyOnAny("System.Console", "Spectre", "System.CommandLine", "Azure", "Microsoft.ML")
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
