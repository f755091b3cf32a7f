using Changeling.Events;
using Changeling.Simulation.Fleet;
using Changeling.Simulation.Habits;
using Changeling.Simulation.Programs;

namespace Changeling.Simulation.Running;

/// <summary>One host while its day is played: what has started so far, and which programs run on.</summary>
internal sealed class Machine
{
    /// <summary>The word for the first process of all.</summary>
    public const string FirstProcess = "System";

    private readonly List<SimulatedLaunch> _launches = [];
    private readonly Dictionary<string, List<SimulatedLaunch>> _running = [];

    public Machine(SimulatedHost host, DateTimeOffset longAgo)
    {
        Host = host;
        First = System(longAgo);
        Keep(FirstProcess, First);
    }

    /// <summary>System, which no event reports.</summary>
    public SimulatedLaunch First { get; }

    public SimulatedHost Host { get; }

    /// <summary>All starts but that of System, in no order.</summary>
    public IReadOnlyList<SimulatedLaunch> Launches => _launches;

    /// <summary>The latest start of a program that stays, before a time.</summary>
    public SimulatedLaunch? Running(string word, DateTimeOffset time) =>
        _running.TryGetValue(word, out var starts) ? starts.Where(s => s.Time < time).MaxBy(s => s.Time) : null;

    /// <summary>Plays a scene under a running program; nothing happens when that does not run.</summary>
    /// <returns>When the scene's last process started.</returns>
    public DateTimeOffset Play(Scene scene, string parent, DateTimeOffset time, Play play) =>
        Running(parent, time) is { } starter ? Start(scene, starter, time, play) : time;

    /// <summary>Adds a start that belongs to no scene.</summary>
    public void Add(SimulatedLaunch launch) => _launches.Add(launch);

    private DateTimeOffset Start(Scene scene, SimulatedLaunch parent, DateTimeOffset time, Play play)
    {
        var launch = Launched(scene, parent, time, play);
        _launches.Add(launch);
        if (scene.Stays is { } word) Keep(word, launch);
        if (launch.File.IsConsole && !parent.File.IsConsole) _launches.Add(ConsoleHost(launch));

        var last = time;
        foreach (var next in scene.Then.Where(next => play.Chance.Happens(next.Odds)))
        {
            var times = play.Chance.Between(1L, next.Times);
            for (var i = 0; i < times; i++) last = Start(next, launch, last + play.Pause(next.After), play);
        }

        return last;
    }

    private SimulatedLaunch Launched(Scene scene, SimulatedLaunch parent, DateTimeOffset time, Play play)
    {
        var file = Catalogue.Find(scene.Program);
        file = file with
        {
            Path = play.Fill(file.Path),
            OriginalName = play.FillIfAny(file.OriginalName),
            Company = play.FillIfAny(file.Company),
        };
        var account = scene.As is { } word ? Host.Accounts[word] : parent.Account;
        play.Values["path"] = $"\"{file.Path}\"";
        play.Values["exe"] = file.Path;
        return new SimulatedLaunch
        {
            Time = time,
            File = file,
            CommandLine = play.Fill(scene.CommandLines.Length == 0 ? "<path>" : play.Chance.Pick(scene.CommandLines)),
            Account = account,
            Integrity = scene.Integrity ?? (scene.As is null ? parent.Integrity : account.Integrity),
            Parent = parent,
            Attack = play.Step(scene.Technique),
        };
    }

    private static SimulatedLaunch ConsoleHost(SimulatedLaunch console) => new()
    {
        Time = console.Time.AddMilliseconds(14),
        File = Catalogue.Find("conhost.exe"),
        CommandLine = @"\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1",
        Account = console.Account,
        Integrity = console.Integrity,
        Parent = console,
    };

    private static SimulatedLaunch System(DateTimeOffset time) => new()
    {
        Time = time,
        File = new ProgramFile(FirstProcess, null, null, null, "", IsConsole: false),
        CommandLine = "",
        Account = Account.System,
        Integrity = IntegrityLevel.System,
    };

    private void Keep(string word, SimulatedLaunch launch)
    {
        if (!_running.TryGetValue(word, out var starts)) _running[word] = starts = [];
        starts.Add(launch);
    }
}
