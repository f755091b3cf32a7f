using System.Collections.Frozen;

namespace Changeling.Rarity;

/// <summary>Says what kind of program a parent is, from its name and, for unlisted names, its path.</summary>
public static class ParentClassifier
{
    private static readonly FrozenDictionary<string, ParentClass> Listed = new (ParentClass Class, string[] Names)[]
    {
        (ParentClass.Office,
        [
            "winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe", "olk.exe", "onenote.exe", "msaccess.exe", "mspub.exe", "visio.exe",
            "winproj.exe", "eqnedt32.exe", "wordpad.exe", "soffice.bin", "soffice.exe", "thunderbird.exe", "acrord32.exe", "acrobat.exe",
            "foxitpdfreader.exe", "foxitreader.exe", "sumatrapdf.exe", "wps.exe", "et.exe", "wpp.exe",
        ]),
        (ParentClass.Browser,
        [
            "msedge.exe", "chrome.exe", "firefox.exe", "iexplore.exe", "opera.exe", "brave.exe", "vivaldi.exe", "msedgewebview2.exe",
            "microsoftedge.exe", "microsoftedgecp.exe", "safari.exe", "chromium.exe",
        ]),
        (ParentClass.Shell,
        [
            "cmd.exe", "powershell.exe", "pwsh.exe", "powershell_ise.exe", "wscript.exe", "cscript.exe", "mshta.exe", "bash.exe", "wsl.exe",
            "sh.exe", "wmic.exe", "windowsterminal.exe", "openconsole.exe", "python.exe", "pythonw.exe", "node.exe", "perl.exe", "ruby.exe",
        ]),
        (ParentClass.SystemService,
        [
            "system", "registry", "smss.exe", "csrss.exe", "wininit.exe", "winlogon.exe", "services.exe", "lsass.exe", "lsm.exe", "svchost.exe",
            "userinfo.exe", "taskhost.exe", "taskhostw.exe", "taskhostex.exe", "taskeng.exe", "wmiprvse.exe", "dllhost.exe", "sihost.exe",
            "runtimebroker.exe", "spoolsv.exe", "searchindexer.exe", "trustedinstaller.exe", "tiworker.exe", "wuauclt.exe", "msiexec.exe",
            "logonui.exe", "dwm.exe", "fontdrvhost.exe", "wsmprovhost.exe", "wudfhost.exe", "usoclient.exe", "mousocoreworker.exe",
            "setuphost.exe", "oobe.exe", "wmiadap.exe", "consent.exe", "atbroker.exe", "rdpclip.exe", "backgroundtaskhost.exe",
        ]),
        (ParentClass.Server,
        [
            "w3wp.exe", "iisexpress.exe", "inetinfo.exe", "httpd.exe", "nginx.exe", "php-cgi.exe", "php.exe", "tomcat9.exe", "tomcat10.exe",
            "java.exe", "javaw.exe", "sqlservr.exe", "sqlagent.exe", "mysqld.exe", "mariadbd.exe", "postgres.exe", "oracle.exe", "mongod.exe",
            "redis-server.exe", "umworkerprocess.exe", "edgetransport.exe", "store.exe", "dns.exe", "ntfrs.exe", "dfsrs.exe",
        ]),
    }.SelectMany(row => row.Names.Select(name => (name, row.Class))).ToFrozenDictionary(x => x.name, x => x.Class, StringComparer.Ordinal);

    private static readonly string[] UserWritableFolders =
        [@"\users\", @"\temp\", @"\tmp\", @"\programdata\", @"\perflogs\", @"\$recycle.bin\", @"\downloads\"];

    /// <summary>The class of a parent.</summary>
    /// <param name="foldedName">Folded lower-case file name.</param>
    /// <param name="path">Full path in any case, where known.</param>
    public static ParentClass Classify(string foldedName, string? path)
    {
        if (Listed.TryGetValue(foldedName, out var listed)) return listed;
        return path is not null && UserWritableFolders.Any(folder => path.Contains(folder, StringComparison.OrdinalIgnoreCase))
            ? ParentClass.UserWritable
            : ParentClass.Program;
    }
}
