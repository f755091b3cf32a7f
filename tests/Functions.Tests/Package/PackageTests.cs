using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.Package;

/// <summary>What is uploaded to Azure, unpacked and started as the Functions host starts it there.</summary>
public sealed class PackageTests(PublishedPackage package) : IClassFixture<PublishedPackage>
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What the images of the Functions host and the platform set around a handler: each has broken some app.</summary>
    private static readonly Dictionary<string, string> Surroundings = new()
    {
        ["ASPNETCORE_URLS"] = "http://+:80",
        ["ASPNETCORE_CONTENTROOT"] = "/azure-functions-host",
        ["AzureWebJobsScriptRoot"] = "/home/site/wwwroot",
        ["HOME"] = "/home",
        ["WEBSITE_SITE_NAME"] = "func-example",
        ["WEBSITE_INSTANCE_ID"] = "0123456789abcdef",
        ["FUNCTIONS_EXTENSION_VERSION"] = "~4",

        // No .NET of the machine: the package brings its own.
        ["DOTNET_ROOT"] = "/no-such-folder",
        ["PATH"] = "/usr/bin:/bin",
    };

    [Fact]
    public void The_package_holds_what_the_host_looks_for_and_nothing_that_is_local()
    {
        RequireLinux();

        Assert.Equal(FunctionFolders.OfTheSource, FunctionFolders.In(package.Folder));
        using var host = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package.Folder, "host.json")));
        var description = host.RootElement.GetProperty("customHandler").GetProperty("description");
        Assert.Equal(Path.GetFileName(package.Executable), description.GetProperty("defaultExecutablePath").GetString());
        Assert.False(host.RootElement.GetProperty("customHandler").TryGetProperty("port", out _));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(package.Folder, "models"), "*.zip"));
        Assert.True(File.Exists(Path.Combine(package.Folder, "models", "prior.json")));
        Assert.Empty(Directory.EnumerateFiles(package.Folder, "local.settings.json", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(package.Folder, "appsettings*.json"));
    }

    [Fact]
    public void The_executable_keeps_its_mode_in_the_zip_and_is_built_for_the_hosts_machine()
    {
        RequireLinux();
        using var zip = ZipFile.OpenRead(package.Zip);
        var mode = (UnixFileMode)((zip.GetEntry(Path.GetFileName(package.Executable))!.ExternalAttributes >> 16) & 0x1FF);
        var magic = new byte[20];
        using (var file = File.OpenRead(package.Executable)) file.ReadExactly(magic);

        Assert.Equal(Executable, mode & Executable);
#pragma warning disable CA1416 // Skipped elsewhere.
        Assert.Equal(Executable, File.GetUnixFileMode(package.Executable) & Executable);
#pragma warning restore CA1416

        // ELF, 64 bits, x86-64.
        Assert.Equal([0x7f, (byte)'E', (byte)'L', (byte)'F', 2], magic[..5]);
        Assert.Equal(0x3e, magic[18]);
        Assert.True(File.Exists(Path.Combine(package.Folder, "libcoreclr.so")), "The package brings no .NET of its own.");
    }

    [Fact]
    public async Task Started_as_in_Azure_it_listens_loads_its_model_and_answers_every_function()
    {
        RequireLinux();

        // An emulator of its own: other classes empty the shared one's models, or point to broken ones.
        await using var azurite = await AzuriteFixture.StartOwnAsync(Token);
        await using var host = await FunctionsHost.StartAsync(Options(azurite.ConnectionString), Token);
        await WithModelAsync(host.Address);

        foreach (var function in FunctionFolders.In(package.Folder))
        {
            var result = FunctionFolders.Trigger(package.Folder, function) switch
            {
                "eventHubTrigger" => await host.InvokeAsync(Batch(), Token),
                "timerTrigger" => await host.InvokeTimerAsync(function, Token),
                var other => new InvocationResult(false, $"this test cannot call a {other} yet", [], []),
            };

            Assert.True(result.Succeeded, $"{function}: {result.Failure}");
        }

        Assert.Equal(0, host.Restarts);
    }

    [Theory]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "FUNCTIONS_CUSTOMHANDLER_PORT must be the port")]
    [InlineData("Storage__ConnectionString", "Storage:AccountName")]
    public async Task Without_a_setting_that_it_needs_it_ends_with_1_and_one_sentence_that_names_it(string missing, string sentence)
    {
        RequireLinux();
        var info = new ProcessStartInfo(package.Executable)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Surroundings) info.Environment[name] = value;
        info.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = "0";
        info.Environment["Storage__ConnectionString"] = "UseDevelopmentStorage=true";
        info.Environment.Remove(missing);

        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains(sentence, Assert.Single((await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(await output);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void RequireLinux() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The package is for linux-x64, and only there does it keep its modes.");

    private HostOptions Options(string storage) => new()
    {
        AppFolder = package.Folder,
        WorkingDirectory = Path.GetTempPath(),
        FunctionTimeout = TimeSpan.FromSeconds(60),
        Settings = new Dictionary<string, string>(Surroundings)
        {
            ["Storage:ConnectionString"] = storage,
            ["Baseline:Name"] = AzuriteFixture.UniqueName("package"),
        },
    };

    private static EventBatch Batch() =>
        new(new EventPartition(AzuriteFixture.UniqueName("hub"), "3"), [Message(1, Record("services.exe", "svchost.exe")), Message(2, Record("winword.exe", "powershell.exe"))]);

    private static async Task WithModelAsync(Uri address)
    {
        using var client = new HttpClient();
        for (var tries = 0; tries < 600; tries++)
        {
            using var status = JsonDocument.Parse(await client.GetStringAsync(address, Token));
            if (status.RootElement.GetProperty("model").ValueKind == JsonValueKind.String) return;
            await Task.Delay(100, Token);
        }

        Assert.Fail("The published app did not load its model within 60 s.");
    }
}
