namespace Changeling.Simulation.Habits;

/// <summary>Builds, tests, version control and the many shells that editors open.</summary>
internal static class DeveloperHabits
{
    private const string Repo = @"C:\Users\<user>\source\repos\<=repo>";

    private static readonly Scene Git = new(
        "git.exe",
        "git.exe status -z -uall",
        "git.exe rev-parse --show-toplevel",
        "git.exe diff --name-status -z",
        "git.exe log --format=%H%n%aN -n 1",
        "git.exe for-each-ref --sort -committerdate --format %(refname)",
        "git.exe config --get commit.template")
    {
        Then = [new("git-inner", "git.exe status -z -uall", "git.exe rev-parse --show-toplevel", "git.exe cat-file -s HEAD:<file>")],
    };

    private static readonly Scene Fetch = new(
        "git.exe",
        "git  fetch",
        "git  pull --rebase",
        "git  push origin <branch>",
        "git.exe fetch --quiet")
    {
        Then =
        [
            new("git-inner", "git.exe fetch --quiet")
            {
                Then =
                [
                    new(
                        "git-remote-https.exe",
                        "\"C:/Program Files/Git/mingw64/libexec/git-core/git-remote-https.exe\" origin " +
                            "https://git.corp.example/<=repo>.git"),
                    new("git-inner", "git.exe rev-list --objects --stdin --not --all --quiet") { Odds = 0.6 },
                ],
            },
        ],
    };

    private static readonly Scene Npm = new(
        "node.exe",
        "\"C:\\Program Files\\nodejs\\node.exe\" \"C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js\" <npm>")
    {
        Then =
        [
            new(
                "cmd.exe",
                @"C:\Windows\system32\cmd.exe /d /s /c vite build",
                @"C:\Windows\system32\cmd.exe /d /s /c eslint . --ext .ts",
                @"C:\Windows\system32\cmd.exe /d /s /c tsc -p tsconfig.json && node scripts/copy.js",
                @"C:\Windows\system32\cmd.exe /d /s /c node ./postinstall.js")
            {
                Odds = 0.9,
                Then =
                [
                    new(
                        "node.exe",
                        "\"C:\\Program Files\\nodejs\\node.exe\" \"" + Repo + "\\node_modules\\.bin\\..\\vite\\bin\\vite.js\" build",
                        "node  ./postinstall.js") { Then = [new("esbuild.exe", "<exe> --service=0.25.11 --ping") { Odds = 0.6 }] },
                ],
            },
        ],
    };

    private static readonly Scene Build = new(
        "dotnet.exe",
        "dotnet  build",
        "dotnet  build -c Release",
        "dotnet  test --no-build",
        "dotnet  restore",
        "dotnet  run --project src")
    {
        Then =
        [
            new(
                "dotnet.exe",
                "\"C:\\Program Files\\dotnet\\dotnet.exe\" \"C:\\Program Files\\dotnet\\sdk\\10.0.100\\MSBuild.dll\" /nologo " +
                    "/nodemode:1 /nodeReuse:true /low:false") { Times = 3, Odds = 0.8 },
            new(
                "dotnet.exe",
                "\"C:\\Program Files\\dotnet\\dotnet.exe\" exec \"C:\\Program " +
                    "Files\\dotnet\\sdk\\10.0.100\\Roslyn\\bincore\\VBCSCompiler.dll\" \"-pipename:<hex:32>\"") { Odds = 0.4 },
            new(
                "testhost.exe",
                "<path> --port <num:50000-65000> --endpoint 127.0.0.1:0<num:50000-65000> --role client --parentprocessid <num:2000-20000>")
            { Odds = 0.25 },
            new("own-app", "<path>") { Odds = 0.25 },
        ],
    };

    public static readonly Habit[] All =
    [
        new("visual-studio", "explorer", Rhythm.AtWork(1.3), new Scene("devenv.exe", "<path> \"" + Repo + "\\<=repo>.sln\"", "<path> ")
        {
            Stays = "devenv",
            Then =
            [
                new("perfwatson2.exe", "<path> <num:1000-20000> -Remote"),
                new("servicehub.exe", "<path> <hex:8> \"{\\\"AppBasePath\\\":null}\"") { Times = 3 },
                new("msbuild.exe", "<path> /nologo /nodemode:1 /nodeReuse:true /low:false") { Times = 3, After = 40 },
                new("vctip.exe", "<path>") { Odds = 0.2 },
            ],
        }),
        new("visual-studio-builds", "devenv", Rhythm.AtWork(9),
            new Scene("msbuild.exe", "<path> /nologo /nodemode:1 /nodeReuse:true /low:false") { Times = 2, Weight = 3 },
            new Scene("vbcscompiler.exe", "<path> \"-pipename:<hex:32>\"") { Weight = 1 },
            new Scene("own-app", "<path>", "<path> --environment Development") { Weight = 2 },
            new Scene("vstest.console.exe", "<path> --port:<num:50000-65000> --parentprocessid:<num:2000-20000>")
            {
                Weight = 1,
                Then = [new("testhost.exe", "<path> --port <num:50000-65000> --role client") { Times = 2 }],
            },
            Git),
        new("code", "explorer", Rhythm.AtWork(1.5), new Scene("code.exe", "<path> ", "<path> \"" + Repo + "\"")
        {
            Stays = "code",
            Then =
            [
                new("code.exe", "<path> --type=crashpad-handler --user-data-dir=C:\\Users\\<user>\\AppData\\Roaming\\Code /prefetch:4"),
                new(
                    "code.exe",
                    "<path> --type=gpu-process --gpu-preferences=UAAAAAAAAADgAAAEAAAA " +
                        "--mojo-platform-channel-handle=<num:1700-1900> /prefetch:2"),
                new(
                    "code.exe",
                    "<path> --type=utility --utility-sub-type=node.mojom.NodeService --lang=en-GB --service-sandbox-type=none " +
                        "--dns-result-order=ipv4first --inspect-port=0 " +
                        "--mojo-platform-channel-handle=<num:3000-4000> /prefetch:8") { Times = 3 },
            ],
        }),
        new("code-git", "code", Rhythm.AtWork(26), Git),
        new(
            "code-search",
            "code",
            Rhythm.AtWork(5),
            new Scene(
                "rg.exe",
                "<path> --files --hidden --case-sensitive --no-require-git -g !**/.git -g !**/node_modules --no-ignore --follow " +
                    "--no-config",
                "<path> --hidden --no-require-git --ignore-case -g !**/.git --no-ignore --crlf --json -- <topic> ./")),
        new("code-terminal", "code", Rhythm.AtWork(3),
            new Scene(
                "powershell.exe",
                @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe -noexit -command ""try { . \""" +
                    @"c:\Users\<user>\AppData\Local\Programs\Microsoft VS Code\resources\app\out\vs\workbench\contrib\terminal\" +
                    @"common\scripts\shellIntegration.ps1\"" } catch {}""") { Weight = 3, Stays = "terminal" },
            new Scene(
                "cmd.exe",
                @"C:\Windows\System32\cmd.exe",
                @"C:\Windows\system32\cmd.exe /d /s /c ""npm run build""") { Weight = 2, Then = [Npm] },
            new Scene("bash.exe", "\"C:\\Program Files\\Git\\bin\\bash.exe\" --init-file \"shellIntegration-bash.sh\"") { Weight = 1 }),
        new(
            "terminal",
            "explorer",
            Rhythm.AtWork(1),
            new Scene("windowsterminal.exe", "<path> ") { Then = [new("pwsh.exe", "<path> ", "<path> -NoLogo") { Stays = "terminal" }] }),
        new("terminal-work", "terminal", Rhythm.AtWork(17),
            Fetch with { Weight = 4 },
            Build with { Weight = 4 },
            Git with { Weight = 3 },
            new Scene(
                "cmd.exe",
                @"C:\Windows\system32\cmd.exe /c """"C:\Program Files\nodejs\npm.cmd"" <npm>""") { Weight = 3, Then = [Npm] },
            new Scene(
                "python.exe",
                "python  scripts\\<topic>.py",
                "python  -m pytest -q",
                "python  -m venv .venv",
                "python  -c \"import sys; print(sys.version)\"") { Weight = 2 },
            new Scene("docker.exe", "docker  ps", "docker  compose up -d", "docker  build -t <=repo>:dev .") { Weight = 1.5 },
            new Scene("ssh.exe", "ssh  <user>@<host>", "ssh  git@git.corp.example") { Weight = 0.6 },
            new Scene(
                "curl.exe",
                "curl  -s http://localhost:<num:3000-9000>/health",
                "curl  -sS https://git.corp.example/api/v4/version") { Weight = 0.8 },
            new Scene("where.exe", "where  node", "where  git") { Weight = 0.3 },
            new Scene("whoami.exe", "whoami") { Weight = 0.1 },
            new Scene("ping.exe", "ping  <host>") { Weight = 0.3 },
            new Scene("taskkill.exe", "taskkill  /F /IM node.exe", "taskkill  /PID <num:1000-30000> /F") { Weight = 0.5 },
            new Scene("code.exe", "<path> .") { Weight = 0.5 }),
        new(
            "elevated-shell",
            "explorer",
            Rhythm.AtWork(0.4),
            new Scene("powershell.exe", "<path> ")
            {
                As = "elevated",
                Then =
                [
                    new(
                        "netsh.exe",
                        "netsh  http add urlacl url=http://+:<num:5000-9000>/ user=Everyone",
                        "netsh  advfirewall firewall add rule name=dev dir=in action=allow " +
                            "protocol=TCP localport=<num:5000-9000>") { Odds = 0.5, After = 30 },
                    new("dism.exe", "dism  /online /get-features") { Odds = 0.2 },
                ],
            }),
        new("wsl", "explorer", Rhythm.AtWork(0.6), new Scene("wsl.exe", "<path> ", "<path> -d Ubuntu")) { Share = 0.5 },
        new(
            "native-images",
            "schedule",
            Rhythm.WhileOn(0.6),
            new Scene("ngen.exe", "<path> ExecuteQueuedItems /nologo")
            {
                As = "system",
                Then =
                [
                    new(
                        "mscorsvw.exe",
                        "<exe> -StartupEvent <hex:3> -InterruptEvent 0 -NGENProcess <hex:3> -Pipe <hex:3> -Comment \"NGen Worker " +
                            "Process\"") { Times = 3 },
                ],
            }),
    ];
}
