namespace Changeling.Features;

/// <summary>
/// Combinations of words that rarely occur together in ordinary work, grouped by purpose. They are searched in a program's name and its
/// plain arguments, so a command is found whether it is started directly or through any number of shells.
/// </summary>
/// <remarks>Facts of Windows and of public reports in our own words. Unlike a <see cref="Behaviour"/>, a term here nearly names the act; still none is a verdict.</remarks>
internal static class Telltale
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("dumps_lsass", [
            "comsvcs&minidump", "comsvcs&~24~", "comsvcs&#", "lsass&~-ma~", "lsass&dump", "lsass&.dmp", "rdrleakdiag&-fullmemdmp", "tttracer&-dumpfull", "createdump&-p", "sqldumper&0x01100", "adplus&-pn", "~-pn~ lsass",
            "silentprocessexit&lsass", "lsass&procdump", "sekurlsa", "lsadump", "logonpasswords"]),
        new("copies_secret_stores", [
            "~save~&\\sam", "~save~&\\security", "~save~&\\system ", "~export~&hklm\\sam", "~export~&hklm\\security", "esentutl&-vss", "esentutl&ntds", "ntdsutil&ifm", "ntdsutil&~ac~", "ntds.dit", "dcsync",
            "vssadmin&create&shadow", "shadowcopy&call&create", "diskshadow&-s", "globalroot&shadowcopy", "\\harddiskvolumeshadowcopy", "vshadow&-exec", "vshadow&-p", "wbadmin&-include:&ntds", "rawcopy", "mklink&shadowcopy"]),
        new("seeks_credentials", [
            "findstr&cpassword", "findstr&passw", "find &passw", "select-string&passw", "dir&passw", "cmdkey&-list", "vaultcmd&-list", "~wlan~&key=clear", "~wlan~&export&key", "query&-f passw", "query&currentversion\\winlogon", "query&putty&sessions",
            "appcmd&list&-text:", "appcmd&list&-config", "aspnet_regiis&-pdf", "keymgr.dll", "rubeus", "kerberoast", "asreproast", "asktgt", "setspn&-q", "setspn&-t", "unattend.xml", "groups.xml", "lazagne", "login data", "logins.json", "key4.db", "hashdump",
            "powerdump", "mimikatz", "get-gpppassword", "credwiz", "cmdkey&-generic&-pass", "web credentials"]),
        new("fetches_code", [
            "certutil&urlcache", "certutil&verifyctl", "bitsadmin&-transfer", "bitsadmin&-addfile", "bitsadmin&setnotifycmdline", "mshta&http", "msiexec&-i http", "msiexec&-q&http", "wmic&-format:http", "wmic&-format:\\\\", "wmic&.xsl", "wmic&-format:c:", "wmic&-format:ftp", "regsvr32&-i:", "cmstp&-s&.inf", "cmstp&-ni", "hh&http",
            "presentationhost&http", "lockscreenurl", "certoc&-get", "ieexec&http", "downloadstring&iex", "downloadstring&invoke-expression", "iwr&iex", "irm&iex", "webclient&start-process", "invoke-webrequest&start-process", "downloadfile&start", "downloadfile&invoke-item",
            "webclient&.exe", "invoke-webrequest&-outfile&.exe", "ftp&-s:", "curl&http&-o&.exe", "curl&http&-o&.dll", "~http&|&sh~", "mpcmdrun&-downloadfile", "squirrel&http", "imewdbld&http", "configsecuritypolicy&http", "finger&@", "appinstaller:", "ms-appinstaller"]),
        new("script_by_proxy", [
            "mshta&vbscript:", "mshta&javascript:", "mshta&about:", "rundll32&javascript:", "rundll32&vbscript:", "scrobj", "script:http", "runhtmlapplication", "-e:jscript", "-e:vbscript", "getobject(&script:", "wscript.shell&.run", "createobject&.run", "activexobject&.run",
            "mshta&\\users\\", "mshta&\\programdata\\", "mshta&\\temp\\", "pubprn.vbs&script:", "manage-bde.wsf", "syncappvpublishingserver&;", "msxsl&.xsl", "~.jpg~&wscript", "wscript&.txt", "cscript&.txt", "cscript&\\temp\\", "wscript&\\temp\\"]),
        new("dll_by_proxy", [
            "odbcconf&regsvr", "odbcconf&-f ", "installutil&-u&.dll", "installutil&-u&.exe", "installutil&-logfile=", "regasm&-u", "regsvcs&.dll", "regasm&.dll", "routethecall", "url.dll&openurl", "url.dll&fileprotocolhandler", "pcwutl&launchapplication", "advpack.dll", "ieadvpack.dll", "syssetup&setupinf",
            "setupapi&installhinf", "shdocvw&openurl", "dfshim&shopenverb", "desk.cpl&installscreensaver", "mavinject&-injectrunning", "register-cimprovider&-path", "infdefaultinstall", "msbuild&.xml", "msbuild&\\temp\\", "msbuild&\\users\\public", "updatedeploymentprovider",
            "xwizard&runwizard", "rundll32&,#", "shell32.dll,#44", "control_rundll&:\\users\\", "control_rundll&\\temp\\", "control_rundll&\\progra~3", "rundll32&:\\users\\", "rundll32&\\programdata\\", "rundll32&\\temp\\", "rundll32&\\public\\", "rundll32&\\perflogs", "rundll32&\\\\", "regsvr32&:\\users\\",
            "regsvr32&\\programdata\\", "regsvr32&\\temp\\", "regsvr32&-u&-s&-i", "control&.cpl&:\\users\\", "~sdbinst~&.sdb", "tracker&-d &-c ", "rundll32&startw", "rundll32&dllregisterserver", "rundll32&dllmain"]),
        new("program_by_proxy", [
            "forfiles&-c ", "pcalua&-a", "shell:::{", "explorer&-root,", "conhost&--headless", "scriptrunner&-appvscript", "ms-browser:", "ms-settings\\", "runonce&-alternateshellstartup", "cdb&-cf", "bginfo&-nolicprompt", "msdt&ms-msdt", "msdt&rebrowseforfile", "pcwrun", "wlrmdr&-u &.exe", "ttdinject&-launch", "wfc&-xoml",
            "diskshadow&exec", "dnscmd&serverlevelplugindll", "at &-interactive", "provlaunch", "te&.wsc", "dotnet&.csproj&-exec", "verclsid&-s", "ie4uinit&-basesettings", "xcopy&c:\\windows\\system32&.exe", "copy&\\system32\\&.exe", "replace&system32", "stordiag", "conhost&cmd", "conhost&powershell", "~start~ -b", "start -min&powershell"]),
        new("hidden_encoded", [
            "-nop&-w hid", "-nop&-w 1", "hidden&-enc", "-w 1&-enc", "-nop&-noni&-enc", "-nop&-enc", "hid&-e ", "-nop&-e ", "frombase64string&iex", "frombase64string&load(", "frombase64string&invoke-expression", "gzipstream&frombase64", "deflatestream&frombase64", "virtualalloc", "amsiutils", "amsiinitfailed", "bypass&downloadstring",
            "reflection.assembly&load", "-sta&-enc", "hidden&bypass", "hidden&downloadstring", "hidden&frombase64", "[char]&iex", "-join&iex", "iex&$env:", "&$env:comspec", "-version 2&-", "getstring([", "createthread", "dllimport&kernel32", "psversiontable.psversion.major", "scriptblocklogging"]),
        new("inhibits_recovery", [
            "delete&shadows", "shadowcopy&delete", "bcdedit&recoveryenabled", "bcdedit&ignoreallfailures", "wbadmin&delete", "shadowcopy&.delete", "shadowcopy&remove-", "resize&shadowstorage", "cipher&-w:", "deletejournal", "reagentc&-disable", "disablesr", "bcdedit&safeboot", "format &-y", "fsutil&-setzerodata"]),
        new("blinds_logging", [
            "wevtutil&~cl~", "wevtutil&clear-log", "clear-eventlog", "wevtutil&-e:false", "wevtutil&-enabled:false", "wevtutil&logfilename", "auditpol&-clear", "auditpol&disable", "auditpol&-remove", "eventlog&disabled", "eventlog&stop", "logman&stop&eventlog", "logman&stop&-ets", "remove-etwtraceprovider", "autologger&0", "dontlog", "set-etwtraceprovider",
            "minint", "remove-eventlog", "limit-eventlog", "historysavestyle&savenothing", "fltmc&unload", "sysmon&-u", "enablescriptblocklogging", "-maxsize:&~sl~", "processcreationincludecmdline", "httplogging&dontlog"]),
        new("disarms_defence", [
            "set-mppreference&disable", "mppreference&exclusion", "windefend&stop", "windefend&disabled", "windefend&delete", "sense&stop", "-removedefinitions", "firewall&set&off", "state off", "opmode&disable", "disableantispyware", "disablerealtimemonitoring", "tamperprotection", "taskkill&msmpeng", "smartscreenenabled", "enablelua&~0~",
            "consentpromptbehavior", "uselogoncredential", "disablerestrictedadmin", "runasppl", "lmcompatibilitylevel", "localaccounttokenfilterpolicy", "vbawarnings", "accessvbom", "disableunsafeclientmailrules", "-grant&everyone", "uninstall&antivirus", "uninstall&endpoint", "disableioav", "amsienable", "platformintegrity", "hypervisorenforced&~0~"]),
        new("plants_task", [
            "-create&-tr&powershell", "-create&-tr&cmd", "-create&-tr&:\\users\\", "-create&-tr&\\temp\\", "-create&-tr&programdata", "-create&-tr&\\public\\", "-create&-sc minute", "-create&-ru system", "-create&-tr&http", "-create&-tr&rundll32", "-create&-tr&mshta", "-create&-tr&script", "-create&-tr&regsvr32", "-create&-tr&appdata",
            "-create&-tr&%temp", "schtasks&-create&-s ", "schtasks&-create&-xml", "schtasks&-change&-tr", "~at~ &:&cmd", "new-scheduledtaskaction&powershell", "new-scheduledtaskaction&cmd", "register-scheduledtask", "-create&-sc onlogon", "-create&-sc once", "-create&-tr&globalroot"]),
        new("plants_autostart", [
            "~add~&currentversion\\run", "~add~&image file execution", "~add~&userinit", "~add~&\\winlogon", "~add~&silentprocessexit", "shell\\open\\command", "~add~&appinit", "~add~&inprocserver32", "~add~&cor_", "~add~&treatas", "~add~&policies\\explorer\\run", "~add~&active setup", "~add~&environment&logonscript", "~add~&scrnsave", "~add~&netsh",
            "~add~&appcertdlls", "~add~&notification packages", "~add~&security packages", "~add~&print\\monitors", "~add~&bootexecute", "~add~&services\\&imagepath", "~add~&command processor", "currentversion\\run&set-item", "currentversion\\run&new-item", "start menu\\programs\\startup", "netsh&add&helper", "scriptleturl", "~add~&terminal server&initialprogram",
            "~add~&fdenytsconnections", "~add~&lsa", "~import~&.reg", "~add~&app paths", "~add~&classes\\", "~add~&shell folders", "~add~&wdigest", "~add~&servicedll"]),
        new("plants_service", [
            "~sc~&create&binpath&cmd", "create&binpath&powershell", "create&binpath&comspec", "create&binpath&:\\users\\", "create&binpath&\\temp\\", "create&type=&kernel", "create&binpath&programdata", "~config~&binpath", "~failure~&command=", "sdset", "new-service&binarypath", "~sc~ \\\\&create", "~sc~ \\\\&start", "~sc~ \\\\&config", "create&binpath&\\\\", "create&binpath=&start="]),
        new("plants_wmi", ["eventfilter", "eventconsumer", "filtertoconsumer", "root\\subscription", "root/subscription", "mofcomp&\\users\\", "mofcomp&\\temp\\"]),
        new("changes_accounts", [
            "~net~&~user~&-add", "~net1~&~user~&-add", "localgroup&-add", "~group~&-add", "~user~&-active:", "~net1~&~user~&-delete", "~net~&~user~&-delete", "new-localuser", "add-localgroupmember", "add-adgroupmember", "dsadd&user", "~user~ &-domain&-add", "specialaccounts\\userlist", "~user~ administrator ", "~user~ guest ", "shadow admin"]),
        new("runs_remotely", [
            "wmic&-node:", "process&call&create", "psexec", "paexec", "\\admin$", "1> \\\\", "127.0.0.1\\c$", "winrs&-r:", "schtasks&-s &-run", "tscon&-dest", "mstsc&-shadow", "net use&-user:", "net use&ipc$", "use&\\c$", "copy&\\c$\\", "invoke-wmimethod&create", "win32_process&create", "invoke-cimmethod&create", "invoke-command&-computername",
            "enter-pssession", "wmiexec", "smbexec", "dcomexec", "mmc20", "shellwindows", "shellbrowserwindow", "gettypefromprogid", "gettypefromclsid", "\\tsclient\\", "reg &\\\\&add", "remcom", "csexec", "-accepteula&-s", "rpcping&-s", "evil-winrm", "sharprdp", "movekit", "wsman&-computername", "__1&2>&1"]),
        new("writes_to_pipe", ["~echo~&\\pipe\\", ">&\\pipe\\", "writealltext&\\pipe\\"]),
        new("maps_domain", [
            "whoami&-all", "whoami&-priv", "whoami&-groups", "domain_trusts", "nltest&-dclist", "nltest&-dsgetdc", "domain admins", "enterprise admins", "localgroup&administrators", "~group~&-domain", "~user~&-domain", "~view~&-domain", "net view&-all", "~accounts~&-domain", "adfind", "dsquery", "objectcategory=", "sharphound", "bloodhound", "seatbelt",
            "sharpview", "powerview", "get-net", "invoke-userhunter", "get-domain", "antivirusproduct", "securitycenter2", "findstr&lsass", "tasklist&lsass", "wevtutil&~qe~&security", "get-aduser", "get-adcomputer", "get-adgroup", "domaincontrollers", "systeminfo&findstr", "find-localadmin", "invoke-sharefinder", "domain_computers", "psloggedon", "ldapsearch"]),
        new("lifts_itself", [
            "fodhelper", "sdclt&-kickoffelev", "computerdefaults", "cmstplua", "wusa&-extract", "slui&-launch", "akagi", "uacme", "bypassuac", "uacbypass", "windows \\system32", "silentcleanup", "windir&reg", "-au &elevat", "potato", "printspoofer", "getsystem", "juicy", "token::elevate", "steal_token", "cve-20", "exploit", "privesc", "se_debug", "sysprep&.dll", "unquoted"]),
        new("opens_a_way_in", [
            "portproxy&add", "plink&-r", "plink&-l", "ssh&-r ", "ngrok", "chisel", "~-e cmd", "~-e powershell", "~-e ~c:\\windows", "~nc~ &-l", "~nc64~", "~ncat~", "-lvp", "socat", "rdpwrap", "rdpwinst", "tcpclient", "tcplistener", "net.sockets", "fdenytsconnections", "advfirewall&add rule&allow", "firewall&add&portopening", "firewall&add&allowedprogram", "enable-psremoting",
            "remote desktop&enable", "winrm&qc", "winrm&quickconfig", "trustedhosts", "http.server", "simplehttpserver", "powercat", "reverse", "meterpreter", "-socket &:", "vnc&-reinstall"]),
        new("known_tools", [
            "mimikatz", "mimidrv", "rubeus", "seatbelt", "sharphound", "sharpup", "sharpdump", "sharpwmi", "sharproast", "purplesharp", "safetykatz", "nanodump", "dumpert", "ppldump", "pplkiller", "pwdump", "gsecdump", "fgdump", "procherpaderping", "herpaderping", "hollow", "spoolfool", "roguewinrm", "malseclogon", "keethief", "keefarce", "winpwn", "winpeas", "lazagne", "inveigh",
            "responder.exe", "powersploit", "nishang", "empire", "covenant", "grunt", "sliver", "havoc", "brute ratel", "cobalt", "beacon", "metasploit", "meterpreter", "koadic", "pupy", "quasar", "asyncrat", "remcos", "njrat", "psattack", "powerup", "sherlock", "watson", "crackmapexec", "impacket", "secretsdump", "kdu.exe", "tdlload", "furutaka", "efspotato", "petitpotam", "zerologon", "nopac", "certify", "whisker",
            "adrecon", "pingcastle", "netscan", "advanced_ip_scanner", "masscan", "processhacker", "defendercontrol", "gmer", "pchunter", "wce.exe", "dumpit", "winpmem", "andrewspecial", "procdump&-ma", "handlekatz", "sharpview", "snaffler", "krbrelay", "donut", "injector", "injectdll", "shellcode", "dllinject"]),
        new("collects", [
            "psr&-start", "compress-archive&\\users", "~rar~&-hp", "rar&~a~&-p", "7z&~a~&-p", "makecab&\\temp", "clipboard", "copyfromscreen", "getasynckeystate", "soundrecorder", "keylog", "screenshot", "get-keystrokes", "rclone", "megasync", "curl&-t ", "--upload-file", "uploadfile", "uploadstring", "upload-", "bitsadmin&-upload", "ftp&put", "netsh&trace&capture=yes", "pktmon&start", "mic-recording", "archive.zip", ".pst"]),
        new("covers_tracks", [
            "attrib&+h", "attrib&+s", "-stream", ":$data", "type&>&:&.exe", "expand&:", "zone.identifier", "del &.exe&ping", "ping&& del", "timeout&& del", "choice&& del", "ping&-n&del", "del -f&%~f0", "cmd&-c del&.exe", "rd -s -q c:\\$recycle", "timestomp", "takeown&\\windows", "icacls&\\windows\\system32", "lastwritetime", "remove-item&consolehost_history", "fsutil&usn", "icacls&-grant&f", "sdelete", "mklink", "subst ", "setspn&-d"]),
    ];

    /// <summary>How many terms of each are in a text of program and arguments, in the order of <see cref="All"/>.</summary>
    public static int[] Match(string text) => Behaviour.Match(All, text);
}
