namespace Changeling.Simulation.Habits;

/// <summary>The service hosts and services that every machine starts after boot.</summary>
internal static class ServiceTable
{
    private const string Host = @"C:\Windows\system32\svchost.exe -k ";

    /// <summary>Group and service, account, and the word under which it stays.</summary>
    private static readonly (string Arguments, string As, string? Stays)[] Hosts =
    [
        ("DcomLaunch -p", "system", "dcom"),
        ("RPCSS -p", "network", null),
        ("DcomLaunch -p -s LSM", "system", null),
        ("netsvcs -p -s Schedule", "system", "schedule"),
        ("netsvcs -p -s ProfSvc", "system", null),
        ("netsvcs -p -s gpsvc", "system", "gpsvc"),
        ("netsvcs -p -s Winmgmt", "system", "winmgmt"),
        ("netsvcs -p -s Themes", "system", null),
        ("netsvcs -p -s SENS", "system", null),
        ("netsvcs -p -s UserManager", "system", "usermanager"),
        ("netsvcs -p -s Appinfo", "system", "appinfo"),
        ("netsvcs -p -s wuauserv", "system", "wuauserv"),
        ("netsvcs -p -s UsoSvc", "system", "usosvc"),
        ("netsvcs -p -s BITS", "system", "bits"),
        ("netsvcs -p -s ShellHWDetection", "system", null),
        ("LocalServiceNetworkRestricted -p -s EventLog", "local", null),
        ("LocalServiceNetworkRestricted -p -s Dhcp", "local", null),
        ("LocalService -p -s nsi", "local", null),
        ("LocalService -p -s EventSystem", "local", null),
        ("LocalService -p -s netprofm", "local", null),
        ("LocalServiceNoNetworkFirewall -p", "local", null),
        ("LocalSystemNetworkRestricted -p -s AudioEndpointBuilder", "system", null),
        ("LocalSystemNetworkRestricted -p -s SysMain", "system", null),
        ("LocalSystemNetworkRestricted -p -s PcaSvc", "system", "pca"),
        ("NetworkService -p -s Dnscache", "network", null),
        ("NetworkService -p -s LanmanWorkstation", "network", null),
        ("NetworkService -p -s CryptSvc", "network", "cryptsvc"),
        ("NetworkService -p -s WinRM", "network", null),
        ("termsvcs -s TermService", "network", "termservice"),
        ("utcsvc -p", "system", "diagtrack"),
        ("WerSvcGroup -s WerSvc", "system", "wersvc"),
        ("appmodel -p -s StateRepository", "system", null),
        ("ClipboardSvcGroup -p -s cbdhsvc", "user", null),
        ("UnistackSvcGroup -s CDPUserSvc", "user", null),
    ];

    private static readonly (string Program, string CommandLine, string? Stays)[] Services =
    [
        ("spoolsv.exe", @"C:\Windows\System32\spoolsv.exe", "spooler"),
        ("msmpeng.exe", "<path>", "defender"),
        ("mssense.exe", "<path>", "sense"),
        ("searchindexer.exe", @"C:\Windows\system32\SearchIndexer.exe /Embedding", "indexer"),
        ("securityhealthservice.exe", @"C:\Windows\system32\SecurityHealthService.exe", null),
        ("officeclicktorun.exe", "<path> /service", "clicktorun"),
        ("monitor-agent", "<path> --service --config \"C:\\ProgramData\\Northgate\\agent.toml\"", "monitor"),
        ("ccmexec.exe", "<exe>", "ccmexec"),
        ("intune-service", "<path>", "intune"),
        ("vssvc.exe", @"C:\Windows\system32\vssvc.exe", null),
    ];

    public static IEnumerable<Scene> Scenes =>
    [
        .. Hosts.Select(row => new Scene("svchost.exe", Host + row.Arguments) { As = row.As, Stays = row.Stays, After = 0.3 }),
        .. Services.Select(row => new Scene(row.Program, row.CommandLine) { As = "system", Stays = row.Stays, After = 1.2 }),
    ];
}
