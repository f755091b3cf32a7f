using System.Globalization;
using Changeling.Cli.Detections;
using Changeling.Features;
using Spectre.Console;

namespace Changeling.Cli.Demo;

/// <summary>The end of a demo: what it found of each attack, what it missed and why, what else it alerted on, what to run next.</summary>
/// <param name="console">The console.</param>
/// <param name="look">Width and signs.</param>
/// <param name="model">The model that the app scored with.</param>
internal sealed class DemoSummary(IAnsiConsole console, Look look, IModel model)
{
    private const int Column = 30;

    private static readonly (string Command, string What)[] Next =
    [
        ("changeling demo --input FILE", "your own telemetry through the same app"),
        ("changeling backtest FILE", "what your own history would have reported"),
        ("changeling explain FILE:LINE", "why the model rates one event as it does"),
        ("azd up", "deploy the app to Azure (docs/deploy.md)"),
    ];

    /// <summary>Writes it.</summary>
    public void Show(DemoOutcome outcome)
    {
        foreach (var attack in outcome.Attacks) ShowAttack(attack);
        if (outcome.Attacks.Count > 0)
            Line(string.Create(CultureInfo.InvariantCulture, $"alerts on anything else: {outcome.OtherAlerts:N0}"));
        Line("what to run next:");
        foreach (var (command, what) in Next) Line($"  {command.PadRight(Column)}  {what}");
    }

    private void ShowAttack(AttackOutcome attack)
    {
        var incidents = attack.Incidents.Count == 1 ? "one incident" : Number(attack.Incidents.Count, "incident");
        var order = attack.Found == 0 ? "" : attack.IsInOrder ? ", in their order" : ", not in their order";
        var others = attack.Others == 0 ? "" : $"; it also has {Number(attack.Others, "other launch", "es")}";
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"attack {attack.Chain}: {attack.Found} of {Number(attack.Steps.Count, "step")} in {incidents}{order}{others}"));
        foreach (var step in attack.Steps) ShowStep(step);
    }

    private void ShowStep(StepOutcome step)
    {
        var e = step.Step.Event;
        var mark = step.Found is null ? " " : step.Found.Rules.Count > 0 ? IncidentTreeText.Found : IncidentTreeText.Suspected;
        var line = new StyledLine()
            .Add(string.Create(CultureInfo.InvariantCulture, $"  {mark} {e.Time:HH:mm:ss}  "))
            .Add(step.Found is null ? "missed  " : "found   ", step.Found is null ? new(Color.Yellow) : new(Color.Green));
        var command = Printable.Of(ProgramPath.WithoutFolder(e.Child.CommandLine ?? e.Child.Name));
        if (step.Found is null) command = Middle(command, look.Width / 3);
        if (step.IsRepetition) command += $" (a repetition of {step.Found!.Time:HH:mm:ss})";
        line.Add(Middle(command, look.Width - line.Length));
        if (step.Found is null)
            line.Add(Middle($": {Printable.Of(MissedStep.Why(step, model))}", look.Width - line.Length), new Style(Color.Grey));
        line.WriteTo(console);
    }

    private void Line(string text) => new StyledLine().Add(Middle(text, look.Width)).WriteTo(console);

    private string Middle(string text, int most) => Shortened.Middle(text, most, look.Cut);

    private static string Number(int count, string what, string plural = "s") =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : plural)}");
}
