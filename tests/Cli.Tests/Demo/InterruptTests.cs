using System.Diagnostics;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Demo;

/// <summary>However the demo is ended, it leaves no process behind.</summary>
public sealed class InterruptTests : IDisposable
{
    private const int Interrupted = 130;
    private const string Started = "Changeling demo";
    private const string Sending = "the worker started in";

    private readonly Scratch _folder = new();
    private readonly MarkedProcesses _started = new();
    private Process? _command;

    [Theory]
    [InlineData(Started, true)]
    [InlineData(Sending, true)]
    [InlineData(Sending, false)]
    public async Task Ctrl_C_ends_the_demo_and_all_that_it_started(string when, bool wholeTerminal)
    {
        var demo = StartDemo();
        await SaysAsync(demo, when);

        // A terminal sends it to every process; kill and many supervisors to the one.
        await CommandProcess.SignalAsync("INT", wholeTerminal ? -demo.Id : demo.Id);

        var outcome = await CommandProcess.FeedAsync(demo, []);
        Assert.Equal((Interrupted, "changeling: interrupted\n"), (outcome.ExitCode, outcome.Errors));
        await _started.AllEndAsync();
    }

    [Fact]
    public async Task What_it_started_ends_also_when_it_is_killed()
    {
        var demo = StartDemo();
        await SaysAsync(demo, Sending);
        Assert.Contains(_started.Running(), line => line.Contains("azurite", StringComparison.Ordinal));
        Assert.Contains(_started.Running(), line => line.Contains("Changeling.Functions", StringComparison.Ordinal));

        await CommandProcess.SignalAsync("KILL", demo.Id);

        await _started.AllEndAsync();
    }

    [Fact]
    public async Task Ctrl_C_ends_a_long_simulation()
    {
        var simulation = Start("simulate", "--hosts", "10000", "--hours", "720", "--output", "fleet.jsonl");
        while (!File.Exists(_folder["fleet.jsonl.partial"])) await Task.Delay(20, TestContext.Current.CancellationToken);

        await CommandProcess.SignalAsync("INT", simulation.Id);

        var outcome = await CommandProcess.FeedAsync(simulation, []);
        Assert.Equal((Interrupted, "changeling: interrupted\n"), (outcome.ExitCode, outcome.Errors));
    }

    public void Dispose()
    {
        if (_command is { HasExited: false }) _command.Kill();
        _command?.Dispose();
        _folder.Dispose();
    }

    private Process StartDemo() => Start("demo", "--azurite-port", "0");

    /// <summary>In a process group of its own, as a terminal gives each command.</summary>
    private Process Start(params string[] arguments)
    {
        var info = CommandProcess.Info(_folder, arguments);
        foreach (var (name, value) in _started.Environment) info.Environment[name] = value;
        return _command = CommandProcess.StartInterruptible(info, "setsid");
    }

    private static async Task SaysAsync(Process demo, string words)
    {
        while (await demo.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"It never said '{words}', but: {await demo.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }
}
