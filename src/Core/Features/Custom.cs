namespace Changeling.Features;

/// <summary>Everyday activity of Windows and common software, recognised by parent, child and arguments together: the counterpart of <see cref="Telltale"/>.</summary>
/// <remarks>The text is <c> parent&gt;child arguments </c>, names without extension. An attacker can imitate each; the trees also see place, rights and what else the command holds.</remarks>
internal static class Custom
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("boot_and_logon", [
            " system>smss", " smss>csrss", " smss>wininit", " smss>winlogon", " smss>smss", " wininit>services", " wininit>lsass", " wininit>lsm", " wininit>fontdrvhost", " winlogon>fontdrvhost", " winlogon>dwm", " winlogon>logonui", " winlogon>userinit", " winlogon>atbroker", " userinit>explorer", " services>svchost -k ", " services>spoolsv ",
            " services>searchindexer -embedding", " services>trustedinstaller", " services>sppsvc", " services>msdtc", " services>vssvc", " services>taskhost ", " services>wmiapsrv", " services>msiexec -v", " services>vds", " services>wudfhost", " services>dllhost -processid:", " services>lsass"]),
        new("service_host", [
            " svchost>taskhostw ", " svchost>taskhostex ", " svchost>runtimebroker -embedding", " svchost>backgroundtaskhost -servername:", " svchost>backgroundtransferhost -servername:", " svchost>dllhost -processid:", " svchost>wmiprvse -", " svchost>tiworker -embedding", " svchost>consent ", " svchost>wermgr -", " svchost>smartscreen -embedding", " svchost>ctfmon", " svchost>sihost",
            " svchost>rdpclip", " svchost>tstheme -embedding", " svchost>unsecapp -embedding", " svchost>wmiadap ", " svchost>applicationframehost -embedding", " svchost>shellexperiencehost -servername:", " svchost>searchui -servername:", " svchost>searchapp -servername:", " svchost>systemsettings", " svchost>lockapp -servername:", " svchost>usoclient ", " svchost>musnotif", " svchost>slui -embedding",
            " svchost>wuauclt -", " svchost>mobsync -embedding", " svchost>textinputhost", " svchost>startmenuexperiencehost", " svchost>audiodg", " svchost>dashost", " svchost>wlanext", " svchost>drvinst ", " svchost>compattelrunner", " svchost>defrag -", " svchost>dsregcmd", " svchost>gpupdate -target:", " svchost>gpscript ", " svchost>sc start ", " svchost>mousocoreworker", " svchost>sdxhelper",
            " svchost>officec2rclient", " svchost>comppkgsrv", " svchost>chxsmartscreen", " svchost>microsoftedgecp", " svchost>hxtsr", " svchost>sppextcomobj", " svchost>dxgiadaptercache", " svchost>userooebroker", " svchost>gamebar", " svchost>wwahost", " svchost>winrshost -embedding", " svchost>wsmprovhost -embedding", " svchost>directxdatabaseupdater", " svchost>googleupdate", " svchost>microsoftedgeupdate -", " svchost>disksnapshot", " svchost>cleanmgr -autoclean",
            " searchindexer>search", " taskhostw>ngentask", " taskeng>"]),
        new("console_and_crash", [">conhost 0x", ">conhost --", ">conhost \\??\\", ">cvtres -nologo -readonly", ">werfault -u -p", ">werfault -pss", ">wermgr -upload", ">wermgr -outproc", ">splwow64 ", ">openconsole --", ">crashpad_handler --", ">wermgr -queuereporting"]),
        new("task_of_windows", [
            "rundll32&pla.dll,plahost", "rundll32&appxdeployment", "cleanuptemporarystate", "startupscan.dll", "invagent.dll", "aepdu.dll", "aeinv.dll", "generaltel.dll", "appraiser.dll", "shcreatelocalserverrundll", "dfdts.dll", "windows.shell.search", "sysmain.dll,pf", "edgehtml.dll,#125", " tzsync", "srtasks", "bfe.dll,bfeonservicestarttypechange", "energy.dll", "mpcmdrun&-idletask", "mpcmdrun&signatureupdate", "mpcmdrun&scan -schedulejob",
            "-scheduledtask", "pcwdiagnostic", "attrib&desktop.ini", "usoclient", "compattelrunner -", "ngen&executequeueditems", "logman&gaevents", "devicecensus", "winsat formal", "lpremove", "mcbuilder", "rundll32&ndfapi.dll", "werfault", "diagtrack", "sc start wuauserv", "sc start pushtoinstall", "sc start w32time", "gathernetworkinfo", "wsqmcons", "dispdiag"]),
        new("sandboxed_browser", ["--type=renderer", "--type=gpu", "--type=utility", "--type=crashpad", "-contentproc", "scodef:", "--type=ppapi", "--type=broker", "--monitor-self", "--type=notification", "-servername:&microsoftedge", "--single-argument", "--from-installer", "--no-startup-window"]),
        new("installs_and_updates", [
            "-embedding&msiexec>", ">msiexec -embedding", ">msiexec -y", "update>", "setup>", "-processstart", "--squirrel", "googleupdate>", "onedrivesetup", "officeclicktorun>", "-ua -installsource", "-svc", "--updater", "-silent", "-verysilent", "-norestart", "is-&-sl5=", "wusa&-quiet", "dism&-online", "vcredist", "trustedinstaller>"]),
        new("report_of_settings", [
            "~echo~&>> config\\", "~echo~&> config\\", "~>>~&config\\", "export&reg\\&.reg.txt", "monitor show", "show rule name=all", "~epl~&config\\", "wevtutil&~al~", "gathernetworkinfo", "netsh&~show~", "collectguestlogs", "dxdiag", "msinfo32", "gpresult", "msdt ", "driverquery", "wsqmcons"]),
        new("built_by_developers", ["-noconfig -fullpaths @", "git>git", "git>sh", "node>", "npm", "devenv>", "msbuild>", "code>", "-nologo -nodemode:", "-nodereuse", "vbcscompiler", "-pipename", "rev-parse", "dotnet>dotnet", "cargo>", "gradle", "-jar ", "pycharm", "vstest"]),
        new("watched_by_agents", ["splunkd>", "splunk>", "monitoringhost>", "healthservice>", "waappagent>", "windowsazureguestagent>", "ccmexec>", "msmpeng>", "mpcmdrun>", "zabbix", "nessus", "tanium", "qualys", "ltsvc", "filebeat", "winlogbeat", "nxlog", "collectguestlogs>", "sensendr", "mssense>", "puppet", "chef-client", "ansible", "-noprofile -noninteractive -executionpolicy unrestricted -encodedcommand", "winrshost>cmd -c powershell -noprofile -noninteractive", "azurearc", "gc_worker", "ec2config", "amazon-ssm", "vmtoolsd>", "vboxservice>"]),
    ];

    /// <summary>How many terms of each are in a text, in the order of <see cref="All"/>.</summary>
    public static int[] Match(string text) => Behaviour.Match(All, text);
}
