using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Ordinary rows of our own for what the corpus hardly holds: the everyday work of developers, administrators and scripts under
/// shells. Own inventions, in training only and never evaluated on.
/// </summary>
internal static class MadeOrdinary
{
    private const string System32 = @"C:\Windows\System32\";
    private const string PowerShell = System32 + @"WindowsPowerShell\v1.0\powershell.exe";

    private static readonly string[] Shells = [System32 + "cmd.exe", System32 + "cmd.exe", PowerShell, @"C:\Program Files\PowerShell\7\pwsh.exe"];

    /// <summary>Programs of Windows with everyday arguments.</summary>
    private static readonly string[] SystemTools =
    [
        "ipconfig /all", "ipconfig", "ping srv01", "ping -n 4 192.168.1.1", "nslookup portal.corp.example", "tracert 10.0.0.1", "hostname", "whoami", "systeminfo", "tasklist", "netstat -ano",
        "net use Z: \\\\fs01\\team", "net use", "net time", "net start", "net start spooler", "gpupdate /force", "gpresult /r", "gpresult /h report.html", "klist", "klist purge", "route print",
        "sc query", "sc query spooler", "sc qc wuauserv", "schtasks /query", "schtasks /run /tn Backup", "reg query HKLM\\SOFTWARE\\Contoso /v Version", "reg query HKCU\\Environment",
        "robocopy D:\\data E:\\backup /mir /r:2", "xcopy /y /s .\\bin .\\deploy", "findstr /s /i error *.log", "find /c \"error\" app.log", "where git", "where python", "more notes.txt", "sort names.txt",
        "tar -xf archive.zip", "tar -czf logs.tar.gz logs", "curl -s http://localhost:8080/health", "curl -O https://downloads.example.com/tool.zip", "certutil -hashfile setup.msi SHA256", "certutil -verify server.cer",
        "certutil -store my", "dism /online /get-features", "dism /online /cleanup-image /scanhealth", "sfc /scannow", "chkdsk C:", "powercfg /batteryreport", "wevtutil qe System /c:20 /f:text", "icacls D:\\share",
        "attrib -r report.docx", "timeout /t 5", "shutdown /r /t 60", "msg * restart at noon", "taskkill /im notepad.exe", "wmic os get caption", "wmic logicaldisk get size,freespace", "wmic bios get serialnumber",
        "driverquery", "quser", "qwinsta", "cmdkey /list", "w32tm /query /status", "netsh interface ip show config", "netsh wlan show interfaces", "netsh advfirewall show allprofiles", "nltest /dsgetdc:corp",
        "msiexec /i app.msi /qn /norestart", "regsvr32 /s \"C:\\Program Files\\Vendor\\addin.dll\"", "rundll32 shell32.dll,Control_RunDLL desk.cpl", "rundll32 printui.dll,PrintUIEntry /il", "mmc services.msc",
        "notepad readme.txt", "explorer .", "explorer C:\\Users\\user\\Documents", "calc", "mstsc /v:srv01", "control", "taskmgr", "eventvwr", "clip", "tree /f src", "fc a.txt b.txt", "setx JAVA_HOME \"C:\\Program Files\\Java\\jdk\"",
        "bcdedit /enum", "vssadmin list writers", "wbadmin get status", "auditpol /get /category:*", "bitsadmin /list", "forfiles /p D:\\logs /m *.log /d -30", "diskpart", "manage-bde -status", "fsutil volume diskfree c:",
    ];

    /// <summary>Installed programs: path and arguments.</summary>
    private static readonly (string Path, string Arguments)[] Programs =
    [
        (@"C:\Program Files\Git\cmd\git.exe", "pull --rebase"), (@"C:\Program Files\Git\cmd\git.exe", "commit -m \"fix tests\""), (@"C:\Program Files\Git\cmd\git.exe", "log --oneline -20"),
        (@"C:\Program Files\nodejs\node.exe", @"C:\src\web\node_modules\npm\bin\npm-cli.js install"), (@"C:\Program Files\nodejs\node.exe", "server.js"), (@"C:\Program Files\dotnet\dotnet.exe", "build -c Release"),
        (@"C:\Program Files\dotnet\dotnet.exe", "test --no-build"), (@"C:\Python312\python.exe", "-m pip install -r requirements.txt"), (@"C:\Python312\python.exe", "manage.py runserver"), (@"C:\Python312\python.exe", "-m venv .venv"),
        (@"C:\Users\user\AppData\Local\Programs\Microsoft VS Code\Code.exe", "."), (@"C:\Users\user\AppData\Local\Programs\Python\Python312\python.exe", "script.py"), (@"C:\Program Files\Docker\Docker\resources\bin\docker.exe", "compose up -d"),
        (@"C:\Program Files\Docker\Docker\resources\bin\docker.exe", "ps"), (@"C:\Program Files\Java\jdk-21\bin\java.exe", "-jar app.jar --server.port=8080"), (@"C:\Program Files\CMake\bin\cmake.exe", "--build build"),
        (@"C:\Program Files\Terraform\terraform.exe", "plan -out tf.plan"), (@"C:\Program Files\Kubernetes\kubectl.exe", "get pods -n shop"), (@"C:\Program Files\Azure CLI\az.cmd", "account show"), (@"C:\Program Files\7-Zip\7z.exe", "a backup.7z D:\\data"),
        (@"C:\Program Files\OpenSSH\ssh.exe", "admin@srv01"), (@"C:\Program Files\Notepad++\notepad++.exe", "notes.txt"), (@"C:\Program Files\Microsoft SQL Server\Client SDK\ODBC\170\Tools\Binn\sqlcmd.exe", "-S sql01 -i report.sql"),
        (@"C:\Program Files (x86)\Microsoft Visual Studio\2022\BuildTools\MSBuild\Current\Bin\MSBuild.exe", "app.sln /p:Configuration=Release"), (@"D:\tools\jq\jq.exe", ".version package.json"), (@"D:\apps\erp\client.exe", "/profile:default"),
        (@"C:\Users\user\AppData\Local\slack\slack.exe", "--process-start-args"), (@"C:\Users\user\AppData\Local\Microsoft\Teams\current\Teams.exe", ""), (@"C:\Users\user\Downloads\npp.8.6.Installer.exe", ""), (@"C:\Users\user\Downloads\ZoomInstaller.exe", ""),
    ];

    /// <summary>What shells are asked to do by scripts, agents, tasks and people.</summary>
    private static readonly (string Path, string Arguments)[] ShellCommands =
    [
        (System32 + "cmd.exe", "/c dir"), (System32 + "cmd.exe", "/c ver"), (System32 + "cmd.exe", "/c echo %PATH%"), (System32 + "cmd.exe", @"/c ""C:\scripts\backup.cmd"""), (System32 + "cmd.exe", @"/c C:\scripts\nightly.bat >> C:\logs\nightly.log 2>&1"),
        (System32 + "cmd.exe", "/d /s /c \"npm run build\""), (System32 + "cmd.exe", "/c git rev-parse HEAD"), (System32 + "cmd.exe", "/c ipconfig /all"), (System32 + "cmd.exe", "/c \"ping -n 1 srv01\""), (System32 + "cmd.exe", "/k title build"), (System32 + "cmd.exe", ""),
        (System32 + "cmd.exe", @"/c start """" ""C:\Program Files\Vendor\app.exe"""), (System32 + "cmd.exe", @"/c net use Z: \\fs01\team /persistent:yes"), (System32 + "cmd.exe", "/c tasklist /fi \"imagename eq app.exe\""), (System32 + "cmd.exe", "/c where java"),
        (PowerShell, ""), (PowerShell, @"-File C:\scripts\inventory.ps1"), (PowerShell, @"-NoProfile -ExecutionPolicy Bypass -File ""C:\Program Files\Vendor\Agent\check.ps1"""), (PowerShell, @"-ExecutionPolicy RemoteSigned -File \\fs01\scripts\logon.ps1"),
        (PowerShell, "-NoProfile -Command Get-Date"), (PowerShell, "-NoProfile -Command \"Get-Service spooler | Restart-Service\""), (PowerShell, "-Command \"Get-ChildItem D:\\logs | Where-Object Length -gt 1MB\""), (PowerShell, "-NoLogo -NoExit"),
        (PowerShell, "-NoProfile -NonInteractive -Command \"(Get-CimInstance Win32_OperatingSystem).Version\""), (PowerShell, "-Command \"Get-ADUser mara.lind -Properties LastLogon\""), (PowerShell, "-Command \"Import-Module ActiveDirectory; Get-ADComputer -Filter *\""),
        (PowerShell, "-Command \"Restart-Computer srv01\""), (PowerShell, "-Command \"Get-HotFix | Sort-Object InstalledOn\""), (PowerShell, "-NoProfile -Command \"Invoke-RestMethod http://localhost:9200/_cluster/health\""),
        (System32 + "wscript.exe", @"\\corp.example\netlogon\logon.vbs"), (System32 + "cscript.exe", @"//nologo C:\Windows\System32\slmgr.vbs /dli"), (System32 + "cscript.exe", @"C:\Windows\System32\gatherNetworkInfo.vbs"),
    ];

    private static readonly string[] Starters =
    [
        @"C:\Windows\explorer.exe", System32 + "svchost.exe", System32 + "cmd.exe", PowerShell, @"C:\Users\user\AppData\Local\Programs\Microsoft VS Code\Code.exe", @"C:\Program Files\WindowsApps\Terminal\WindowsTerminal.exe",
        @"C:\Program Files\Vendor\Agent\agent.exe", @"C:\Program Files\nodejs\node.exe", @"C:\Windows\CCM\CcmExec.exe", @"C:\Program Files\Git\usr\bin\bash.exe", @"C:\Program Files\Jenkins\jenkins.exe",
    ];

    public static IEnumerable<ProcessEvent> All(Random random)
    {
        foreach (var command in SystemTools.Concat(SystemTools))
        {
            var blank = command.IndexOf(' ', StringComparison.Ordinal);
            var (stem, arguments) = blank < 0 ? (command, "") : (command[..blank], command[(blank + 1)..]);
            yield return Start(Shells, System32 + stem + ".exe", arguments, random);
        }

        foreach (var (path, arguments) in Programs) yield return Start(Starters, path, arguments, random);
        foreach (var (path, arguments) in ShellCommands)
        {
            yield return Start(Starters, path, arguments, random);
            yield return Start(Starters, path, arguments, random);
        }
    }

    /// <summary>Written as shells, the desktop and programs write it: bare name, full path, or full path in quotes.</summary>
    private static ProcessEvent Start(string[] parents, string path, string arguments, Random random)
    {
        var name = path[(path.LastIndexOf('\\') + 1)..];
        var parent = parents[random.Next(parents.Length)];
        var image = random.Next(3) switch { 0 => name[..name.LastIndexOf('.')], 1 => path, _ => $"\"{path}\"" };
        var isService = random.NextDouble() < 0.2;
        return new()
        {
            Time = DateTimeOffset.UnixEpoch,
            Host = new("made"),
            Format = "synthetic",
            User = isService ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = new()
            {
                Name = name.ToLowerInvariant(),
                Path = path,
                CommandLine = $"{image} {arguments}",
                Integrity = isService ? IntegrityLevel.System : random.NextDouble() < 0.5 ? IntegrityLevel.High : IntegrityLevel.Medium,
            },
            Parent = new() { Name = parent[(parent.LastIndexOf('\\') + 1)..].ToLowerInvariant(), Path = parent },
        };
    }
}
