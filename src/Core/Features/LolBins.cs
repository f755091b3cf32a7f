using System.Collections.Frozen;

namespace Changeling.Features;

/// <summary>
/// Programs of Windows and of its developers that run, fetch, hide or take things on another's behalf, each with the ATT&amp;CK technique that it is
/// best known for. What a launch does may be another one: the technique is for the reader of a reason, and no input of the model.
/// </summary>
internal static class LolBins
{
    private static readonly (string Id, string Name, string Programs)[] Catalogue =
    [
        ("T1003.001", "LSASS Memory", "adplus createdump dump64 procdump rdrleakdiag sqldumper tttracer"),
        ("T1003.003", "NTDS", "diskshadow esentutl ntdsutil vshadow wbadmin"),
        ("T1027.004", "Compile After Delivery", "csc ilasm jsc vbc"),
        ("T1036", "Masquerading", "colorcpl"),
        ("T1040", "Network Sniffing", "pktmon"),
        ("T1047", "Windows Management Instrumentation", "wbemtest wmic"),
        ("T1053.002", "At", "at"),
        ("T1053.005", "Scheduled Task", "schtasks"),
        ("T1059.001", "PowerShell", "powershell pwsh sqlps"),
        ("T1059.003", "Windows Command Shell", "cmd"),
        ("T1059.005", "Visual Basic", "cscript wscript"),
        ("T1070", "Indicator Removal", "fsutil"),
        ("T1105", "Ingress Tool Transfer", "appinstaller certoc certreq certutil cmdl32 configsecuritypolicy curl desktopimgdownldr expand extrac32 finger ftp ieexec imewdbld ldifde mpcmdrun ngen onedrivestandaloneupdater print printbrm replace sftp winget"),
        ("T1112", "Modify Registry", "reg regedit regini"),
        ("T1113", "Screen Capture", "psr"),
        ("T1127", "Trusted Developer Utilities Proxy Execution", "aspnet_compiler bginfo cdb dxcap fsi mftrace microsoft.workflow.compiler rcsi te tracker ttdinject vsjitdebugger wfc"),
        ("T1127.001", "MSBuild", "msbuild"),
        ("T1187", "Forced Authentication", "rpcping"),
        ("T1197", "BITS Jobs", "bitsadmin"),
        ("T1202", "Indirect Command Execution", "bash explorer forfiles pcalua pcwrun runscripthelper scriptrunner ssh unregmp2 wlrmdr wsl"),
        ("T1216.002", "SyncAppvPublishingServer", "syncappvpublishingserver"),
        ("T1218", "System Binary Proxy Execution", "addinutil appvlp atbroker customshellhost dfsvc extexport gpscript ie4uinit infdefaultinstall msconfig msdeploy msdt offlinescannershell presentationhost provlaunch rasautou runexehelper runonce setres settingsynchost squirrel stordiag wab workfolders write wuauclt xwizard"),
        ("T1218.001", "Compiled HTML File", "hh"),
        ("T1218.002", "Control Panel", "control"),
        ("T1218.003", "CMSTP", "cmstp"),
        ("T1218.004", "InstallUtil", "installutil"),
        ("T1218.005", "Mshta", "mshta"),
        ("T1218.007", "Msiexec", "msiexec"),
        ("T1218.008", "Odbcconf", "odbcconf"),
        ("T1218.009", "Regsvcs/Regasm", "regasm regsvcs"),
        ("T1218.010", "Regsvr32", "regsvr32"),
        ("T1218.011", "Rundll32", "rundll32"),
        ("T1218.012", "Verclsid", "verclsid"),
        ("T1218.013", "Mavinject", "mavinject"),
        ("T1218.014", "MMC", "mmc"),
        ("T1220", "XSL Script Processing", "msxsl"),
        ("T1490", "Inhibit System Recovery", "vssadmin"),
        ("T1505.004", "IIS Components", "appcmd"),
        ("T1543.003", "Windows Service", "dnscmd sc"),
        ("T1546.003", "Windows Management Instrumentation Event Subscription", "mofcomp"),
        ("T1546.007", "Netsh Helper DLL", "netsh"),
        ("T1547", "Boot or Logon Autostart Execution", "pnputil"),
        ("T1548.002", "Bypass User Account Control", "computerdefaults eventvwr wsreset wusa"),
        ("T1552.001", "Credentials In Files", "findstr"),
        ("T1555.004", "Windows Credential Manager", "cmdkey"),
        ("T1562.001", "Disable or Modify Tools", "fltmc"),
        ("T1564", "Hide Artifacts", "devicecredentialdeployment"),
        ("T1564.004", "NTFS File Attributes", "diantz makecab tar"),
        ("T1567", "Exfiltration Over Web Service", "datasvcutil"),
        ("T1569.002", "Service Execution", "psexec"),
        ("T1572", "Protocol Tunneling", "plink"),
    ];

    private static readonly FrozenDictionary<string, string> Techniques = Catalogue
        .SelectMany(t => t.Programs.Split(' '), (t, program) => (Program: program + ".exe", Technique: $"{t.Id} {t.Name}"))
        .ToFrozenDictionary(t => t.Program, t => t.Technique, StringComparer.Ordinal);

    /// <summary>All of them, lower-case file names.</summary>
    public static IReadOnlyList<string> All => Techniques.Keys;

    /// <summary>Whether a program, by lower-case file name, is one.</summary>
    public static bool Contains(string name) => Techniques.ContainsKey(name);

    /// <summary>Id and name of the technique that a program is best known for; <see langword="null"/> for one that is none.</summary>
    public static string? TechniqueOf(string name) => Techniques.GetValueOrDefault(name);
}
