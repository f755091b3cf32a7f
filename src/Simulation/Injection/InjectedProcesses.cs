using System.Globalization;
using Changeling.Simulation.Programs;
using Changeling.Simulation.Running;

namespace Changeling.Simulation.Injection;

/// <summary>
/// Makes starts of recorded rows, one chain at a time: a row's parent is the start that the chain had before, or a process that
/// ran already and have no event.
/// </summary>
internal sealed class InjectedProcesses(Chance chance)
{
    private const string Version = "10.0.0.0";
    private const string Windows = @"C:\Windows\";

    private static readonly long LongestUnseen = (long)TimeSpan.FromMinutes(10).TotalMilliseconds;

    private readonly Dictionary<(int Host, string Key), SimulatedLaunch> _running = [];

    public void Start(InjectedRow row, Machine machine, DateTimeOffset time, InjectedStep step)
    {
        var account = InjectedAccounts.Of(row, machine.Host);
        var integrity = row.Integrity ?? account.Integrity;
        var launch = new SimulatedLaunch
        {
            Time = time,
            File = FileOf(row.Child, row.OriginalFileName, row.Company),
            CommandLine = row.Child.CommandLine,
            Account = account,
            Integrity = integrity,
            Parent = Running(row.Parent!, machine) ?? Unseen(),
            Injected = step,
            Attack = step is { Label: 1, Order: { } order } ? new AttackStep(step.Dataset, order, step.Technique) : null,
        };
        machine.Add(launch);
        Keep(row.Child, machine, launch);

        SimulatedLaunch Unseen()
        {
            var parent = new SimulatedLaunch
            {
                Time = time.AddMilliseconds(-chance.Between(1_000L, LongestUnseen)),
                File = FileOf(row.Parent!, null, null),
                CommandLine = row.Parent!.CommandLine,
                Account = account,
                Integrity = integrity,
                Parent = machine.First,
                IsTold = false,
            };
            machine.Add(parent);
            Keep(row.Parent, machine, parent);
            return parent;
        }
    }

    private SimulatedLaunch? Running(RecordedProgram program, Machine machine) =>
        Keys(program).Select(key => _running.GetValueOrDefault((machine.Host.Index, key))).FirstOrDefault(launch => launch is not null);

    private void Keep(RecordedProgram program, Machine machine, SimulatedLaunch launch)
    {
        foreach (var key in Keys(program)) _running[(machine.Host.Index, key)] = launch;
    }

    /// <summary>Security events know process ids only, made rows neither ids nor guids.</summary>
    private static IEnumerable<string> Keys(RecordedProgram program)
    {
        if (program.Guid is { } guid) yield return guid;
        if (program.Pid is { } pid) yield return $"{pid.ToString(CultureInfo.InvariantCulture)}|{program.Name}";
        if (program is { Guid: null, Pid: null }) yield return $"{program.Path}|{program.CommandLine}";
    }

    private static ProgramFile FileOf(RecordedProgram program, string? originalName, string? company) => new(
        program.Path,
        originalName,
        company,
        company ?? (program.Path.StartsWith(Windows, StringComparison.OrdinalIgnoreCase) ? ProgramFile.MicrosoftWindows : null),
        Version,
        IsConsole: false);
}
