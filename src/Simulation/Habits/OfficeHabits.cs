namespace Changeling.Simulation.Habits;

/// <summary>Documents, mail, printing and the desktop of people at work.</summary>
internal static class OfficeHabits
{
    private static readonly Scene Print = new(
        "splwow64.exe",
        @"C:\Windows\splwow64.exe 8192",
        @"C:\Windows\splwow64.exe 12288")
    { Odds = 0.22, After = 140 };
    private static readonly Scene Suggestions = new(
        "ai.exe",
        "<path> \"<guid>\" \"<guid>\" \"<num:2000-20000>\" \"WINWORD.EXE\" \"OfficeAI.dll\"")
    { Odds = 0.3, After = 6 };
    private static readonly Scene Link = new(
        "msedge.exe",
        "<path> --single-argument https://<site>",
        "<path> --single-argument https://<site>?ref=mail&id=<hex:12>")
    { Odds = 0.1, After = 200 };

    private static readonly Scene Word = new(
        "winword.exe",
        "<path> /n \"<folder><document>.docx\" /o \"\"",
        "<path> /n \"<folder><document>.doc\" /o \"\"",
        "<path> ",
        "<path> /vu \"<folder><document>.docx\"")
    { Weight = 4, Then = [Suggestions, Print, Link], Stays = "word" };
    private static readonly Scene Excel = new(
        "excel.exe",
        "<path> \"<folder><document>.xlsx\"",
        "<path> /dde \"<folder><document>.xlsm\"",
        "<path> ",
        "<path> \"<folder><document>.csv\"")
    { Weight = 4, Then = [Print, Link] };
    private static readonly Scene Slides = new(
        "powerpnt.exe",
        "<path> \"<folder><document>.pptx\" /ou \"\"",
        "<path> /s \"<folder><document>.ppsx\"")
    { Weight = 1, Then = [Print] };

    private static readonly Scene Reader = new("acrobat.exe", "<path> \"<=folder><=document>.pdf\"")
    {
        Weight = 3,
        Then =
        [
            new("acrobat.exe", "<path> --type=renderer /prefetch:1 \"<=folder><=document>.pdf\"") { Odds = 0.9 },
            new("acrocef.exe", "<path> --backgroundcolor=16448250")
            {
                Odds = 0.6,
                Then =
                [
                    new(
                        "acrocef.exe",
                        "<path> --type=gpu-process --log-severity=disable --lang=en-US --gpu-preferences=UAAAAAAAAADg " +
                            "--mojo-platform-channel-handle=<num:1600-1900> /prefetch:2"),
                    new(
                        "acrocef.exe",
                        "<path> --type=renderer --log-severity=disable --lang=en-US --device-scale-factor=1.25 " +
                            "--renderer-client-id=<num:2-9> --mojo-platform-channel-handle=<num:1600-1900> /prefetch:1") { Times = 2 },
                ],
            },
            Print,
        ],
    };

    public static readonly Habit[] All =
    [
        new("mail", "explorer", Rhythm.AtLogon, new Scene("outlook.exe", "<path> ", "<path> /recycle") { Stays = "outlook", After = 60 }),
        new("documents", "explorer", Rhythm.AtWork(11), Word, Excel, Slides, Reader),
        new("attachments", "outlook", Rhythm.AtWork(5),
            new Scene(
                "winword.exe",
                @"<path> /n ""C:\Users\<user>\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\<hex:8>\<document>.docx"" /o """"")
            { Weight = 2, Then = [Print, Suggestions], Stays = "word" },
            new Scene(
                "excel.exe",
                @"<path> ""C:\Users\<user>\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\<hex:8>\<document>.xlsx""")
            { Weight = 2, Then = [Print] },
            Reader),
        new(
            "mail-links",
            "outlook",
            Rhythm.AtWork(7),
            new Scene(
                "msedge.exe",
                "<path> --single-argument https://<site>",
                "<path> --single-argument https://<site>?utm_source=mail&id=<hex:16>")),
        new("chat-links", "teams", Rhythm.AtWork(2), new Scene("msedge.exe", "<path> --single-argument https://<site>")),
        new(
            "meetings",
            "teams",
            Rhythm.AtWork(3),
            new Scene(
                "msedgewebview2.exe",
                "<path> --type=renderer --noerrdialogs --webview-exe-name=ms-teams.exe --renderer-client-id=<num:8-90> " +
                    "--mojo-platform-channel-handle=<num:2200-4000> /prefetch:1")),
        new("desktop-tools", "explorer", Rhythm.AtWork(3.5),
            new Scene(
                "notepad.exe",
                "<path> ",
                "<path> C:\\Users\\<user>\\Desktop\\<topic>.txt",
                "<path> <folder><topic>.log") { Weight = 3 },
            new Scene("calculatorapp.exe", "<path> -ServerName:App.AppXsm3pg4n7er43kdh1qp4e79f1j7am68r8.mca") { Weight = 1 },
            new Scene("snippingtool.exe", "<path> /clip", "<path> ") { Weight = 2 },
            new Scene(
                "7zg.exe",
                "<path> x -o\"C:\\Users\\<user>\\Downloads\\<topic>\\\" -slp- -an " +
                    "-ai#7zMap<num:1000-32000>:<num:60-120>:7zEvent<num:1000-32000>") { Weight = 1 },
            new Scene("mstsc.exe", "<path> ", "<path> \"C:\\Users\\<user>\\Desktop\\terminal.rdp\"") { Weight = 0.4 },
            new Scene("control.exe", "<path> ", "<path> printers") { Weight = 0.3 },
            new Scene(
                "rundll32.exe",
                @"""C:\Windows\system32\rundll32.exe"" C:\Windows\system32\shell32.dll,OpenAs_RunDLL <folder><document>.eml")
            { Weight = 0.3 }),
        new(
            "uac",
            "appinfo",
            Rhythm.AtWork(0.5),
            new Scene("consent.exe", "consent.exe <num:900-9000> <num:300-480> 00000<hex:11>") { As = "system" }),
        new(
            "print-isolation",
            "dcom",
            Rhythm.AtWork(2),
            new Scene("printisolationhost.exe", @"C:\Windows\system32\PrintIsolationHost.exe -Embedding") { As = "system" }),
    ];
}
