using System.Collections.Frozen;

namespace Changeling.Simulation.Words;

/// <summary>What placeholders draw from.</summary>
internal static class WordLists
{
    private static readonly FrozenDictionary<string, string[]> Lists = new Dictionary<string, string[]>
    {
        ["topic"] = ["Budget", "Offer", "Minutes", "Roadmap", "Invoice", "Contract", "Travel", "Holiday plan", "Stock list", "Price list", "Onboarding", "Audit", "Forecast", "Complaints", "Supplier review", "Campaign", "Safety briefing", "Payroll", "Tender", "Warranty"],
        ["detail"] = ["final", "draft", "v<num:2-9>", "<num:2024-2026>", "Q<num:1-4>", "<num:1000-99999>", "north", "signed", "copy", "(<num:1-4>)", "reviewed", "template", "week <num:1-52>"],
        ["document"] = ["<topic> <detail>", "<topic>_<detail>", "<topic>", "<topic> <detail> <detail>", "<num:20250101-20261102>_<topic>"],
        ["folder"] = [@"C:\Users\<user>\Documents\", @"C:\Users\<user>\Desktop\", @"C:\Users\<user>\Downloads\", @"C:\Users\<user>\OneDrive - Corp\<topic>\", @"\\<fileserver>\<share>\", @"\\<fileserver>\<share>\<topic>\", @"C:\Users\<user>\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\<hex:8>\"],
        ["share"] = ["Projects", "Finance", "Public", "Sales", "HR", "Scans", "Marketing$", "Plant"],
        ["fileserver"] = ["file-0180", "file-0320", "nas01.corp.example", "dfs.corp.example"],
        ["site"] = ["intranet.corp.example", "news.example", "travel.example/book", "wiki.corp.example/display/<topic>", "shop.example/item/<num:100-99999>", "tickets.corp.example/browse/IT-<num:1000-9999>", "maps.example", "weather.example", "video.example/watch?v=<hex:11>", "sharepoint.corp.example/sites/<topic>", "crm.corp.example/account/<guid>", "bank.example/login", "forum.example/t/<num:1-99999>"],
        ["repo"] = ["Ledger", "Portal", "Warehouse", "PriceEngine", "Scanner", "Shipping", "Identity", "Reports"],
        ["branch"] = ["main", "develop", "feature/<hex:4>-<topic>", "bugfix/IT-<num:1000-9999>", "release/<num:3-9>.<num:0-12>"],
        ["file"] = ["src/Program.cs", "src/app.ts", "README.md", "src/Services/<topic>Service.cs", "package.json", "tests/<topic>Tests.cs", "src/styles/<topic>.scss"],
        ["npm"] = ["run build", "run lint", "test", "install", "run start", "ci", "run dev", "outdated", "exec tsc -- --noEmit"],
        ["package"] = ["left-pad", "zod", "vite", "eslint", "rxjs", "typescript@5", "@angular/cli"],
        ["host"] = ["web-0124", "web-0201", "sql-0131", "dc-0145", "file-0180", "ws-0103", "ws-0159", "print01", "app<num:10-29>", "ws-0<num:100-400>"],
        ["address"] = ["10.20.<num:0-9>.<num:2-250>", "10.20.<num:0-9>.<num:2-250>", "192.168.40.<num:2-250>"],
        ["product"] = ["PdfHelper", "ScanStation", "LabelWriter", "TimeTrack", "CadViewer", "MeterRead", "PhotoSizer", "Dictate", "RouteMap", "Headset"],
        ["edge"] = ["142.0.3595.<num:60-99>", "143.0.3650.<num:2-40>"],
        ["google"] = ["143.0.7482.<num:0-9>", "142.0.7416.<num:0-9>"],
        ["pipe"] = ["<num:1000-19999>.<num:10000000-99999999>"],
        ["adminscript"] = ["Get-StaleAccounts.ps1", "Sync-Groups.ps1", "Report-Licences.ps1", "Clean-Profiles.ps1", "Check-Backups.ps1", "New-User.ps1", "Export-Mailboxes.ps1", "Test-Shares.ps1"],
        ["cmdlet"] = ["Get-Service -Name <service>", "Get-ADUser -Filter 'Enabled -eq $false' | Measure-Object", "Get-EventLog -LogName System -Newest 50", "Test-NetConnection <host> -Port <num:80-3389>", "Get-Process | Sort-Object CPU -Descending | Select-Object -First 10", "Restart-Service -Name <service> -Force", "Get-HotFix | Sort-Object InstalledOn", "Get-ChildItem '\\\\<fileserver>\\<share>' -Recurse | Measure-Object -Property Length -Sum"],
        ["service"] = ["Spooler", "W32Time", "BITS", "wuauserv", "WinRM", "Dnscache", "LanmanServer", "HBAgent", "NGAgent", "Themes"],
        ["counter"] = ["cpu", "memory", "disk", "services", "eventlog", "uptime", "certificates", "network", "updates", "tasks"],
        ["clsid"] = ["{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}", "{3EB3C877-1F16-487C-9050-104DBCD66683}", "{973D20D7-562D-44B9-B70B-5A0F49CCDF3F}", "{E10F6C3A-F1AE-4ADC-AA9D-2FE65525666E}", "{776DBC8D-7347-478C-8D71-791E12EF49D8}", "{7966B4D8-4FDC-4126-A10B-39A3209AD251}", "{338B40F9-9D68-4B53-A793-6B9AA0C5F63B}", "{4D111E08-CBF7-4F12-A926-2C7920AF52FC}", "{60A90A2F-858D-42AF-8929-82BE9D99E8A1}", "{1F87137D-0E7C-44D5-8C73-4EFFB68962F2}"],
        ["appid"] = ["App.AppXmtcan0h2tfbfy7k9kn8hbxb6dmzz1zh0.mca", "App.AppXy9rh3t8m2jfpvhhxp6y2ksgeq77vymbq.mca", "Global.Accounts.AppXqe94epy97qwa6w3j6w132e8zvcs117nd.mca", "CortanaUI.AppX8z9r6jm96hw4bsbneegw0kyxx296wr9t.mca", "Windows.Networking.BackgroundTransfer.Internal.BackgroundTransferTask.ClassId.1"],
        ["database"] = ["Ledger", "Warehouse", "Portal", "Staging", "Identity"],
        ["job"] = ["nightly-index", "purge-audit", "export-prices", "import-orders", "refresh-stats"],

        // What attackers' command lines are made of: documentation addresses, hosts under .example, invented names.
        ["c2"] = ["192.0.2.<num:2-250>", "198.51.100.<num:2-250>", "203.0.113.<num:2-250>"],
        ["bad-host"] = ["cdn-metrics.example", "update-sync.example", "files-mirror.example", "static-assets.example", "docs-viewer.example", "telemetry-edge.example"],
        ["bad-url"] = ["http://<=c2>", "http://<=bad-host>", "https://<=bad-host>", "http://<=c2>:8080"],
        ["bad-file"] = ["a", "x<num:1-99>", "upd", "r", "doc<num:10-99>", "<hex:6>", "stage", "load", "img<num:1-9>"],
        ["payload"] = ["winupd", "svchelper", "msdriver", "adobeupd", "sysdiag", "<hex:8>", "onesync", "netcfg", "chromeupd", "tskhost"],
        ["task"] = ["OneDrive Sync Helper", "AdobeFlashSync", "Office Telemetry Task", "GoogleUpdateCore", "WindowsDefenderCheck", "SystemRestorePoint"],
        ["lure"] = ["Invoice_<num:10000-99999>", "Offer_<num:100-999>", "Payment advice", "CV_<num:1-99>", "Delivery note <num:1000-9999>", "Contract amendment"],
    }.ToFrozenDictionary();

    /// <summary>The list of that name, or <see langword="null"/>.</summary>
    public static string[]? Find(string name) => Lists.GetValueOrDefault(name);
}
