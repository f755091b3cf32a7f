using System.Collections.Frozen;

namespace Changeling.Features;

/// <summary>
/// Facts about common Windows programs by lower-case file name: what they are for, whether they ship with Windows,
/// and who normally starts them. Which of them attackers live off is in <see cref="LolBinCatalogue"/>.
/// </summary>
internal static class KnownBinaries
{
    private static readonly FrozenDictionary<string, BinaryKind> Kinds = Index(
        (BinaryKind.Office, "winword excel powerpnt outlook onenote onenotem msaccess mspub visio winproj eqnedt32 olk hxoutlook wordpad soffice thunderbird acrord32 acrobat foxitpdfreader foxitreader sumatrapdf"),
        (BinaryKind.Browser, "chrome msedge firefox iexplore opera brave vivaldi msedgewebview2 microsoftedge microsoftedgecp chromium browser_broker ielowutil cefsharp.browsersubprocess"),
        (BinaryKind.Shell, "cmd powershell pwsh powershell_ise bash sh wsl wslhost windowsterminal openconsole zsh"),
        (BinaryKind.ScriptHost, "wscript cscript mshta scrcons hh"),
        (BinaryKind.Service, "services svchost smss csrss wininit lsass lsm spoolsv searchindexer trustedinstaller sppsvc vds vssvc msdtc alg dllhst3g wlanext unsecapp audiodg fontdrvhost lsaiso system registry securityhealthservice sgrmbroker"),
        (BinaryKind.Session, "explorer winlogon userinit logonui dwm sihost taskhost taskhostw taskhostex ctfmon fodhelper atbroker utilman sethc osk magnify narrator displayswitch lockapp rdpclip tstheme consent wlrmdr runonce"),
        (BinaryKind.AppModel, "runtimebroker dllhost backgroundtaskhost backgroundtransferhost applicationframehost wwahost shellexperiencehost startmenuexperiencehost searchapp searchui searchhost systemsettings systemsettingsbroker smartscreen conhost searchprotocolhost searchfilterhost textinputhost useroobebroker gamebar gamebarpresencewriter browserbroker"),
        (BinaryKind.Maintenance, "compattelrunner devicecensus wermgr werfault werfaultsecure usoclient musnotification musnotificationux musnotifyicon wuauclt waasmedicagent tiworker mscorsvw ngen ngentask defrag dismhost dism cleanmgr sdbinst gpupdate gpscript wsqmcons aitstatic disksnapshot diskspd lpremove provtool dsregcmd drvinst drvcfg mpsigstub lodctr wmiadap mofcomp slui splwow64 ui0detect verclsid wsreset taskmgr perfmon mmc eventvwr resmon msconfig control csrstub dstokenclean sdclt wusa licensemanagershellext powercfg pcalua"),
        (BinaryKind.Installer, "msiexec setup install installer update updater squirrel unins000 vc_redist.x64 vc_redist.x86 googleupdate microsoftedgeupdate onedrivesetup adobearm officec2rclient officeclicktorun integratedoffice choco winget"),
        (BinaryKind.Server, "w3wp sqlservr sqlagent httpd nginx tomcat tomcat8 tomcat9 mysqld postgres php php-cgi umworkerprocess inetinfo iisexpress oracle redis-server"),
        (BinaryKind.RemoteExecution, "wmiprvse wsmprovhost winrshost psexesvc psexec psexec64 paexec winrs remcom csexec wmic mstsc"),
        (BinaryKind.Developer, "devenv code node npm git python pythonw python3 py java javaw javac dotnet cl link cvtres csc vbc gcc make cmake cargo rustc go perl ruby rider64 idea64 docker kubectl vstest.console msvsmon vbcscompiler mspdbsrv"),
        (BinaryKind.Discovery, "whoami ipconfig systeminfo tasklist netstat arp nslookup hostname quser qwinsta query route tracert ping pathping nltest dsquery dsget adfind net net1 nbtstat setspn driverquery getmac klist gpresult fsutil findstr find where tree csvde ldifde rpcping pktmon"),
        (BinaryKind.Administration, "reg regedit sc schtasks at netsh bcdedit vssadmin wbadmin wevtutil auditpol icacls cacls takeown taskkill shutdown diskpart diskshadow secedit sdelete attrib cipher cmdkey vaultcmd ntdsutil dsdbutil esentutl runas logman fltmc manage-bde appcmd reagentc subst label format logoff tsdiscon tscon setx wmimgmt dnscmd certreq pnputil vshadow"),
        (BinaryKind.ProxyExecution, "rundll32 regsvr32 msbuild installutil regasm regsvcs cmstp odbcconf forfiles mavinject msxsl xwizard syncappvpublishingserver presentationhost ieexec bginfo cdb msdt infdefaultinstall register-cimprovider scriptrunner runscripthelper workfolders dnx rcsi fsi jsc aspnet_compiler te tracker wab dfsvc ilasm microsoft.workflow.compiler runexehelper appvlp devtoolslauncher ttdinject tttracer sqlps sqltoolsps vsjitdebugger stordiag settingsynchost provlaunch pubprn"),
        (BinaryKind.Transfer, "certutil bitsadmin curl wget ftp tftp scp sftp ssh plink pscp putty expand extrac32 makecab diantz desktopimgdownldr replace print finger certoc configsecuritypolicy cmdl32 imewdbld winscp rclone megacmd"),
        (BinaryKind.FileTool, "xcopy robocopy copy tar 7z 7za 7zg rar winrar unrar zip unzip compact more sort fc comp clip choice timeout type"),
        (BinaryKind.Accessory, "notepad calc mspaint calculator win32calc notepad++ snippingtool write charmap teams slack zoom onedrive spotify skype vlc photos dropbox whatsapp"),
        (BinaryKind.Security, "msmpeng mpcmdrun nissrv msseces mssense sensendr mpdefendercoreservice sysmon sysmon64 procmon procmon64 procexp autoruns splunkd elastic-endpoint elastic-agent taniumclient cyserver ccmexec"),
        (BinaryKind.RemoteTool, "teamviewer anydesk screenconnect.clientservice screenconnect.windowsclient atera_agent ateraagent splashtop ammyy radmin vncviewer winvnc tvnserver ultravnc procdump procdump64 nc nc64 ncat mimikatz"));

    private static readonly FrozenSet<string> OfWindows = Names(
        "smss csrss wininit winlogon services lsass lsm svchost spoolsv taskhost taskhostw taskhostex dwm explorer userinit logonui conhost dllhost " +
        "runtimebroker sihost ctfmon fontdrvhost searchindexer searchprotocolhost searchfilterhost wermgr werfault werfaultsecure consent audiodg " +
        "wmiprvse wsmprovhost scrcons unsecapp msdtc vssvc vds sppsvc trustedinstaller tiworker cmd powershell powershell_ise wscript cscript mshta " +
        "rundll32 regsvr32 reg regedit sc schtasks at net net1 netsh ipconfig whoami systeminfo tasklist taskkill netstat arp nslookup hostname " +
        "quser qwinsta route tracert ping nltest certutil bitsadmin certreq expand extrac32 makecab vssadmin wbadmin bcdedit wevtutil auditpol icacls " +
        "cacls takeown attrib cipher cmdkey vaultcmd ntdsutil esentutl runas forfiles cmstp odbcconf mavinject hh control mmc eventvwr fodhelper " +
        "computerdefaults sdclt utilman sethc osk magnify narrator atbroker displayswitch taskmgr msiexec wusa dism defrag compattelrunner usoclient " +
        "wuauclt gpupdate gpscript notepad calc write findstr find where xcopy robocopy fsutil pcalua msdt mstsc wmic bash wsl curl tar finger ftp " +
        "msconfig perfmon regasm regsvcs installutil msbuild csc vbc jsc cvtres ngen backgroundtaskhost applicationframehost smartscreen slui drvinst");

    private static readonly FrozenDictionary<string, string> UsualParents = new Dictionary<string, string>
    {
        ["smss.exe"] = "system",
        ["csrss.exe"] = "smss.exe",
        ["wininit.exe"] = "smss.exe",
        ["winlogon.exe"] = "smss.exe",
        ["services.exe"] = "wininit.exe",
        ["lsass.exe"] = "wininit.exe",
        ["lsm.exe"] = "wininit.exe",
        ["fontdrvhost.exe"] = "wininit.exe",
        ["svchost.exe"] = "services.exe",
        ["spoolsv.exe"] = "services.exe",
        ["searchindexer.exe"] = "services.exe",
        ["msdtc.exe"] = "services.exe",
        ["vssvc.exe"] = "services.exe",
        ["sppsvc.exe"] = "services.exe",
        ["trustedinstaller.exe"] = "services.exe",
        ["taskhostw.exe"] = "svchost.exe",
        ["taskhost.exe"] = "services.exe",
        ["dllhost.exe"] = "svchost.exe",
        ["wmiprvse.exe"] = "svchost.exe",
        ["wsmprovhost.exe"] = "svchost.exe",
        ["runtimebroker.exe"] = "svchost.exe",
        ["sihost.exe"] = "svchost.exe",
        ["ctfmon.exe"] = "svchost.exe",
        ["backgroundtaskhost.exe"] = "svchost.exe",
        ["searchprotocolhost.exe"] = "searchindexer.exe",
        ["searchfilterhost.exe"] = "searchindexer.exe",
        ["userinit.exe"] = "winlogon.exe",
        ["logonui.exe"] = "winlogon.exe",
        ["dwm.exe"] = "winlogon.exe",
        ["explorer.exe"] = "userinit.exe",
        ["net1.exe"] = "net.exe",
        ["tiworker.exe"] = "svchost.exe",
        ["audiodg.exe"] = "svchost.exe",
        ["consent.exe"] = "svchost.exe",
        ["msedge.exe"] = "msedge.exe",
        ["chrome.exe"] = "chrome.exe",
        ["firefox.exe"] = "firefox.exe",
    }.ToFrozenDictionary();

    /// <summary>System processes that nothing but their usual parent (or a session manager above it) ever starts.</summary>
    private static readonly FrozenSet<string> StrictlyParented = Names(
        "smss csrss wininit winlogon services lsass lsm svchost taskhostw runtimebroker wmiprvse wsmprovhost searchprotocolhost");

    /// <summary>Programs that start no others in ordinary life: a child means that foreign code runs in them.</summary>
    private static readonly FrozenSet<string> Childless = Names(
        "lsass csrss notepad calc win32calc mspaint wordpad dwm fontdrvhost audiodg conhost ctfmon whoami werfault wermgr ping searchfilterhost searchprotocolhost dllhost backgroundtaskhost smartscreen spoolsv wmiprvse regsvr32 net1 lsm utilman sethc osk magnify narrator");

    /// <summary>Programs of Windows that raise their rights without asking, or that such a rise goes through: what user account control is bypassed with.</summary>
    private static readonly FrozenSet<string> AutoElevated = Names(
        "fodhelper sdclt eventvwr computerdefaults wsreset slui cliconfg mcx2prov sysprep msconfig cmstp pkgmgr iscsicpl perfmon compmgmtlauncher migwiz tcmsetup winsat dccw changepk credwiz inetmgr wusa dism " +
        "rstrui bitlockerwizardelev bthudtask dcomcnfg devicepairingwizard hdwwiz lpksetup msra multidigimon netplwiz optionalfeatures printui recdisc rrinstaller shrpubw spinstall systempropertiesadvanced systemsettingsadminflows tpminit wsqmcons consent clipup ieinstal");

    private static readonly FrozenDictionary<string, string> OriginalNameAliases = new Dictionary<string, string>
    {
        ["wlrmdr"] = "wlrmndr",
        ["microsoftedgeupdate"] = "msedgeupdate",
        ["wmiadap"] = "wmicookr",
        ["tstheme"] = "tsthemes",
        ["mavinject"] = "mavinject64",
        ["psexec"] = "psexec.c",
        ["psexec64"] = "psexec.c",
        ["teams"] = "setup",
    }.ToFrozenDictionary();

    public static BinaryKind KindOf(string name) => Kinds.GetValueOrDefault(name);

    public static bool IsKnown(string name) => Kinds.ContainsKey(name) || LolBinCatalogue.Shipped.Contains(name) || OfWindows.Contains(name);

    public static bool IsOfWindows(string name) => OfWindows.Contains(name);

    public static string? UsualParentOf(string name) => UsualParents.GetValueOrDefault(name);

    public static bool IsChildless(string name) => Childless.Contains(name);

    public static bool IsAutoElevated(string name) => AutoElevated.Contains(name);

    public static bool IsStrictlyParented(string name) => StrictlyParented.Contains(name);

    /// <summary>Whether two stems (lower case, no extension) are names of one program.</summary>
    public static bool AreAliases(string nameStem, string originalStem) =>
        nameStem == originalStem || OriginalNameAliases.GetValueOrDefault(nameStem) == originalStem;

    private static FrozenDictionary<string, BinaryKind> Index(params (BinaryKind Kind, string Stems)[] lists) =>
        lists.SelectMany(l => Split(l.Stems).Select(name => (name, l.Kind)))
            .DistinctBy(x => x.name).ToFrozenDictionary(x => x.name, x => x.Kind);

    private static FrozenSet<string> Names(string stems) => Split(stems).ToFrozenSet();

    private static IEnumerable<string> Split(string stems) =>
        stems.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s is "system" or "registry" ? s : s + ".exe");
}
