namespace Changeling.Features;

/// <summary>The behaviours that are looked for, by subject.</summary>
internal static class BehaviourList
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        // PowerShell: how it was asked to run
        new("powershell_encoded", ["~-e ", "~-en ", "~-ec ", "~-enc", "-encodedcommand", "~-encoded"]),
        new("powershell_hidden", ["-w hid", "-windowstyle h", "-win hid", "-wind hid", "-windows hid", "-w 1 ", "-window hid", "-windowstyle 1"]),
        new("powershell_no_profile", ["~-nop~", "~-noprofile~", "~-noni~", "~-noninteractive~"]),
        new("powershell_bypass", ["-ep bypass", "-exec bypass", "-executionpolicy bypass", "-executionpolicy unrestricted", "-ep unrestricted", "-ex bypass", "-execution bypass", "set-executionpolicy"]),
        new("powershell_old_engine", ["-version 2", "-v 2 "]),

        // PowerShell and scripts: what they do
        new("evaluates_text", ["~iex~", "invoke-expression", "scriptblock]::create", ".invokescript", "~eval~(", "execute(", "&{", "|iex", "invokecommand."]),
        new("decodes_text", ["frombase64string", "[convert]::", "tobase64string", "gzipstream", "deflatestream", "io.compression", "[char]", "-bxor", "-join", "[array]::reverse", "encoding]::"]),
        new("loads_code_in_memory", ["reflection.assembly", "assembly]::load", "virtualalloc", "getprocaddress", "dllimport", "add-type", "createthread", "marshal]::", "gettype(", "loadwithpartialname", "invoke-reflectivepe", "amsiutils", "amsiinitfailed"]),
        new("downloads_in_script", ["downloadstring", "downloadfile", "downloaddata", "net.webclient", "invoke-webrequest", "~iwr~", "invoke-restmethod", "~irm~", "start-bitstransfer", "msxml2.xmlhttp", "winhttp", "openread(", "~wget~", "urldownloadtofile"]),
        new("opens_sockets", ["net.sockets", "tcpclient", "udpclient", "tcplistener", "~nc.exe~", "-lvp", "powercat"]),
        new("script_objects", ["wscript.shell", "shell.application", "activexobject", "createobject", "getobject(", "new-object -com", "script:http", "javascript:", "vbscript:", "about:"]),

        // Fetching with what Windows has
        new("certutil_transfer", ["urlcache", "verifyctl&http", "-split -f", "~-ping~&http"]),
        new("certutil_codec", ["~-decode~", "~-encode~", "~-decodehex~", "~-encodehex~"]),
        new("bits_transfer", ["-transfer", "-addfile", "-setnotifycmdline", "-setnotifyflags", "-create&bits", "-resume"]),
        new("curl_to_file", ["~-o~&http", "--output&http", "~-outfile~", "-o &://", "-out-file", "~-l -o~"]),
        new("upload", ["~--upload-file~", "~-t~&ftp:", "uploadstring", "uploadfile", "uploaddata", "-method post", "~-x post~", "--data-binary", "rclone"]),
        new("web_address", ["http://", "https://", "ftp://", "hxxp"]),
        new("raw_code_host", ["githubusercontent", "pastebin", "/raw/", "bit.ly", "discordapp", "transfer.sh", "ngrok", "gist.", "is.gd", "file.io", "mega.nz"]),
        new("scriptlet", ["scrobj", ".sct", "-i:http", "script:", "-u -n -s"]),
        new("network_share", ["\\\\127.0.0.1", "\\admin$", "\\c$", "\\ipc$", "@ssl\\", "davwwwroot", "\\\\live.sysinternals"]),

        // Credentials
        new("lsass", ["lsass", "comsvcs", "minidump", "rdrleakdiag", "~-ma~", "sekurlsa", "tttracer&-attach", "createdump", "~#24~", "~#+000024~"]),
        new("registry_hives", ["hklm\\sam", "hklm\\system&save", "hklm\\security&save", "~save~&hklm", "~export~&hklm\\s", "\\sam \\", "currentcontrolset\\control\\lsa", "hkey_local_machine\\sam"]),
        new("directory_database", ["ntds", "ac i ntds", "ifm~", "dcsync", "harddiskvolumeshadowcopy", "globalroot"]),
        new("credential_words", ["mimikatz", "logonpasswords", "rubeus", "kerberoast", "asreproast", "hashdump", "lazagne", "kekeo", "password", "passwd", "cpassword", "credential", "vault", "dpapi", "token::", "privilege::", "lsadump", "asktgt", "invoke-mimi"]),
        new("credential_stores", ["vaultcmd", "-listcreds", "cmdkey -list", "cmdkey -add", "login data", "unattend", "sysprep", "key3.db", "key4.db", "logins.json", "passwordvault", "~-wlan~", "key=clear", "keymgr.dll"]),

        // Persistence
        new("schtasks_create", ["-create&-tn", "-create&-tr", "~-create~&-sc", "register-scheduledtask", "new-scheduledtask", "-change&-tn", "schedule.service"]),
        new("service_create", ["create&binpath", "config&binpath", "new-service", "~failure~&command", "create&type=", "sc start", "sdset"]),
        new("run_keys", ["currentversion\\run", "\\runonce", "startup\\", "start menu\\programs\\startup", "policies\\explorer\\run", "userinit", "currentversion\\winlogon", "shell folders"]),
        new("hijack_keys", ["image file execution options", "silentprocessexit", "inprocserver32", "appinit_dlls", "globalflag", "ms-settings", "shell\\open\\command", "cor_profiler", "treatas", "scriptleturl", "delegateexecute", "netsh&add helper", "appcertdlls", "monitors\\", "notification packages", "security packages", "app paths", "environment&windir", "userinitmprlogonscript", "bootexecute"]),
        new("registry_write", ["~add~&hk&-v", "~add~&hk&-ve", "set-itemproperty", "new-itemproperty", "~add~&hklm", "~add~&hkcu", "~add~&hkey_"]),
        new("registry_delete", ["~delete~&hk", "remove-itemproperty", "remove-item&hklm:", "remove-item&hkcu:"]),
        new("registry_query", ["~query~&hk", "get-itemproperty", "~query~&-v "]),
        new("wmi_subscription", ["eventfilter", "eventconsumer", "filtertoconsumer", "root\\subscription", "root/subscription"]),
        new("accessibility", ["sethc", "utilman", "osk.exe", "narrator.exe", "magnify.exe", "displayswitch.exe", "atbroker"]),
        new("accounts", ["~user~&-add", "localgroup&-add", "group&-add", "new-localuser", "add-localgroupmember", "net user", "administrators", "~-active:yes~", "dsadd"]),

        // Hiding and switching defence off
        new("defender_off", ["set-mppreference", "add-mppreference", "disablerealtimemonitoring", "-exclusionpath", "disableantispyware", "-removedefinitions", "disableioav", "exclusionprocess", "windefend", "disablebehaviormonitoring", "windows defender"]),
        new("firewall", ["firewall&off", "set opmode", "firewall&add", "allprofiles state", "set-netfirewallprofile", "enablefirewall", "advfirewall"]),
        new("logs_cleared", ["~cl~ ", "clear-log", "clear-eventlog", "~sl~&-e:false", "remove-etwtraceprovider", "usn deletejournal", "~usn~", "maxsize", "limit-eventlog", "-donthttplog"]),
        new("audit_off", ["auditpol", "-clear", "-success:disable", "-failure:disable", "scriptblocklogging", "enablescriptblock", "dontlog", "etw", "autologger", "set-psreadlineoption", "historysavestyle"]),
        new("shadow_copies", ["shadows", "shadowcopy", "shadowstorage", "delete catalog", "systemstatebackup", "recoveryenabled", "bootstatuspolicy", "delete backup", "create shadow", "vssadmin"]),
        new("services_stopped", ["~stop~ ", "net stop", "stop-service", "start= disabled", "start=disabled", "sc stop", "~config~&disabled", "delete service", "stop-process", "~unload~", "-startuptype disabled"]),
        new("kills", ["-im ", "~-f~&-pid", "taskkill", "terminate~"]),
        new("hides_files", ["attrib&+h", "attrib&+s", "~+h~", ":$data", "attributes=hidden", "-stream ", "zone.identifier", "unblock-file", "add-content&:"]),
        new("permissions", ["-grant", "everyone", "takeown", "~-setowner~", "set-acl", "icacls"]),
        new("uac", ["fodhelper", "eventvwr", "sdclt", "computerdefaults", "enablelua", "consentprompt", "localaccounttokenfilter", "wsreset", "slui", "cmstplua", "bypassuac", "-au ", "uac"]),
        new("policy_weakened", ["uselogoncredential", "disablerestrictedadmin", "runasppl", "fdenytsconnections", "disabletaskmgr", "disableregistrytools", "disablecmd", "amsienable", "vbawarnings", "nodispcpl", "policies\\system", "restrictadmin", "smb1", "disabl"]),
        new("deletes_files", ["del -", "remove-item", "~rd~ -s", "~rmdir~", "erase ", "cipher -w", "sdelete", "rm -", "~-recurse -force~"]),
        new("alternate_stream", [".txt:", ".log:", ".dll:", ":ads", ".exe:", ".dat:"]),

        // Running through others
        new("rundll_script", ["runhtmlapplication", "openurl", "fileprotocolhandler", "routethecall", "shellexec_rundll", "launchinfsection", "installhinfsection", "setupapi", "registerocx", "launchapplication", "printhtml", "javascript:", "~,#", "control_rundll"]),
        new("unregister_run", ["-logfile=&-u", "-u &.dll", "-a &regsvr", "~-s~&.dll", "-action:&rsp", "~regsvr~", "dllregisterserver"]),
        new("indirect_run", ["-p &-c &-m", "pcalua&-a", "~-a~&.exe", "script=", "~-c~&calc", "start-process", "~start~ -b", "-ni &-s", "conhost&cmd", "--headless", "shellexecute", "-injectrunning", "-autorun"]),
        new("wmi_run", ["process&call&create", "win32_process", "invoke-wmimethod", "invoke-cimmethod", "-node:", "~shadowcopy~&call", "-format:", "product&call"]),
        new("remote_run", ["-accepteula", "psexec", "-computername", "invoke-command", "enter-pssession", "new-pssession", "winrs", "-r:http", "-session", "~-s~ cmd", "wmiexec", "smbexec", "dcom", "mmc20"]),
        new("output_redirected", ["1> \\\\", "> \\\\127", "2>&1", "> c:\\windows\\temp", "__1", "&1> ", ">nul", "-q -c"]),
        new("named_pipe", ["\\pipe\\", "\\\\.\\"]),
        new("tunnel", ["portproxy", "~-r~&:localhost", "plink", "chisel", "-l 0.0.0.0", "socks", "listenport", "connectaddress", "ssh -r"]),
        new("desktop_control", ["rdpwrap", "shadow:", "tscon", "mstsc&-v", "-noconsentprompt", "-dest:"]),

        // Asking and everyday work
        new("reads_settings", ["~show~", "~query~", "~-list~", "~export~", "~epl~", "~qc~", "~-silent~", "~-help~", "~-?", "-v -enterprise", "-version"]),
        new("component_activation", ["-embedding", "-processid:{", "-servername:", "--type=", "-scheduledtask", "-k ", "-secured", "global\\", "-reinvoke", "-unattended", "usercxt"]),
        new("installs", ["-quiet", "-passive", "-norestart", "~-i~&.msi", "-verysilent", "-qn", "~install~", "--update", "-silent", "setup"]),
        new("develops", ["~build~", "~test~", "~run~", "~commit~", "rev-parse", "node_modules", ".csproj", "~pip~", "--reporter", "-noconfig", ".cmdline", "~status~", "language-server"]),

        // Looking around
        new("who_and_what", ["whoami", "systeminfo", "hostname", "~ver~", "ipconfig", "tasklist", "netstat", "~arp~", "route print", "quser", "qwinsta", "~set~ ", "get-process", "get-service", "gwmi", "get-wmiobject", "get-ciminstance", "win32_"]),
        new("domain_discovery", ["-domain", "domain admins", "nltest", "-dclist", "domain_trusts", "dsquery", "adfind", "get-ad", "objectcategory", "net view", "net group", "get-net", "sharphound", "bloodhound", "adsisearcher", "setspn", "-dsgetdc", "enterprise admins", "powerview", "directoryservices"]),
        new("file_search", ["dir -s", "-s -b", "findstr", "-recurse", "get-childitem", "~tree~", "forfiles", "-include", "select-string"]),
        new("group_policy", ["gpresult", "sysvol", "gpp", "secedit", "accesschk", "net accounts", "getacl"]),
        new("collection", ["compress-archive", "~-hp", "~a~ -", "makecab", "clipboard", "screenshot", "copyfromscreen", "getasynckeystate", "psr.exe", "-start&-output", "~-p", "soundrecorder", "get-keystrokes", "audio"]),
        new("tool_names", ["invoke-", "powersploit", "empire", "nishang", "winpwn", "cobalt", "meterpreter", "beacon", "payload", "shellcode", "exploit", "psattack", "sharp", "seatbelt", "inveigh", "winpeas", "mimi", "privesc", "reverse", "backdoor", "malicious", "evil", "keylog", "exfil", "loot", "ransom"]),
        new("copies_system_tool", ["~copy~&system32", "copy-item&system32", "~copy~&.exe", "rename", "~move~", "xcopy", "robocopy", "~echo~&>"]),
        new("writes_temporary_script", ["%temp%", "$env:temp", "appdata", "\\temp\\", "%appdata%", "$env:appdata", "\\public\\", "programdata", "%public%", "\\perflogs", "~tmp~"]),
        new("variable_tricks", ["%comspec%", ":~", "%%", "set &=", "call %", "-v:on", "$env:", "${", "$(", "-f'", "-replace", "for -f", "cmd.exe -c cmd"]),
    ];
}
