using System.Collections.Frozen;

namespace Changeling.Simulation.Programs;

/// <summary>
/// All programs of the fleet. What no table names is a program of Windows in System32 whose original name is its own.
/// </summary>
internal static class Catalogue
{
    private const string WindowsVersion = "10.0.26100.1 (WinBuild.160101.0800)";

    private static readonly FrozenSet<string> Consoles = FrozenSet.ToFrozenSet(
    [
        "cmd.exe", "powershell.exe", "pwsh.exe", "net.exe", "net1.exe", "whoami.exe", "ipconfig.exe", "ping.exe", "nslookup.exe", "reg.exe", "sc.exe",
        "schtasks.exe", "certutil.exe", "wmic.exe", "robocopy.exe", "gpupdate.exe", "nltest.exe", "tasklist.exe", "netstat.exe", "systeminfo.exe", "quser.exe",
        "vssadmin.exe", "bcdedit.exe", "wbadmin.exe", "wevtutil.exe", "cscript.exe", "findstr.exe", "find.exe", "hostname.exe", "chcp.com", "attrib.exe", "icacls.exe",
        "takeown.exe", "taskkill.exe", "timeout.exe", "tracert.exe", "bitsadmin.exe", "dism.exe", "where.exe", "w32tm.exe", "dsquery.exe", "repadmin.exe",
        "dcdiag.exe", "dnscmd.exe", "netsh.exe", "arp.exe", "route.exe", "xcopy.exe", "curl.exe", "tar.exe", "ssh.exe", "mpcmdrun.exe", "ngen.exe", "csc.exe", "cvtres.exe",
        "git.exe", "node.exe", "dotnet.exe", "msbuild.exe", "python.exe", "sqlcmd.exe", "bcp.exe", "appcmd.exe", "psexec.exe", "procdump.exe", "wsl.exe", "docker.exe",
        "vctip.exe", "cl.exe", "link.exe", "defrag.exe", "compattelrunner.exe", "chkdsk.exe", "fsutil.exe", "klist.exe", "auditpol.exe", "query.exe", "cmdkey.exe",
        "shutdown.exe", "msdeploy.exe", "backupcli", "monitor-probe", "mofcomp.exe", "dfsrdiag.exe", "gpresult.exe", "esentutl.exe", "ntdsutil.exe", "rg.exe", "esbuild.exe",
        "git-remote-https.exe", "bash.exe", "sh.exe", "winrs.exe", "renamed-procdump", "intune-agent", "vstest.console.exe", "testhost.exe", "wget.exe",
    ]);

    private static readonly FrozenDictionary<string, ProgramFile> Known =
        WindowsPrograms.Rows.Concat(InstalledPrograms.Rows).ToFrozenDictionary(row => row.Key, row => row.File with { IsConsole = Consoles.Contains(row.Key) });

    public static ProgramFile Find(string key) => Known.TryGetValue(key, out var file) ? file : InSystem32(key);

    /// <summary>A program of Windows, by path and original name.</summary>
    public static ProgramFile OfWindows(string path, string? originalName) =>
        new(path, originalName, ProgramFile.MicrosoftCorporation, ProgramFile.MicrosoftWindows, WindowsVersion, IsConsole: false);

    private static ProgramFile InSystem32(string key) =>
        OfWindows(@"C:\Windows\System32\" + key, key) with { IsConsole = Consoles.Contains(key) };
}
