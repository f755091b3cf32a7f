using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Changeling.HostStandIn.Npm;

namespace Changeling.HostStandIn.Azurite;

/// <summary>A running storage emulator, on loopback only. It ends with this object, and also if this process is killed.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string Account = "changeling";
    private const string MarkOfRequest = " HTTP/1.1\" ";
    private const string Listening = " service is successfully listening at ";
    private const int KeyBytes = 64;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    private readonly OwnedProcess _process;
    private readonly Func<int, string> _connection;

    private AzuriteServer(OwnedProcess process, Func<int, string> connection) => (_process, _connection) = (process, connection);

    /// <summary>Accounts of a server on free ports, none of which sees another's data.</summary>
    public const int Accounts = 64;

    /// <summary>For the setting <c>Storage:ConnectionString</c>: the first account.</summary>
    public string ConnectionString => _connection(0);

    /// <summary>The connection string of one of the accounts. A server on the usual ports has one account only.</summary>
    /// <param name="account">0 to <see cref="Accounts"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such account.</exception>
    public string ConnectionStringOf(int account)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(account);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, Accounts);
        return _connection(account);
    }

    /// <summary>Whether an Azurite is running.</summary>
    /// <param name="port">Its blob port, as <see cref="AzuriteOptions.Port"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        var ports = new AzuritePorts(port);
        return await AzuritePorts.IsAzuriteAsync(ports.Blob, "Blob", cancellationToken)
            && await AzuritePorts.IsAzuriteAsync(ports.Table, "Table", cancellationToken);
    }

    /// <summary>The connection string of a running Azurite without accounts of its own.</summary>
    /// <param name="port">Its blob port.</param>
    public static string ConnectionAt(int port) => new AzuritePorts(port).ConnectionString;

    /// <summary>Azurite as a package of npm.</summary>
    /// <param name="toolsFolder">As <see cref="AzuriteOptions.ToolsFolder"/>.</param>
    public static NpmPackage Package(string toolsFolder) =>
        new(toolsFolder, "azurite", "azurite/dist/src/azurite.js", "the storage emulator Azurite");

    /// <summary>Installs Azurite if necessary, starts it and waits until all its services listen.</summary>
    /// <exception cref="HostFailedException">Node.js or npm is missing, a port is in use, or Azurite does not start.</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var ports = options.Port is { } blob ? new AzuritePorts(blob) : (AzuritePorts?)null;
        ports?.RequireFree();
        var script = await NpmInstall.EnsureAsync(Package(options.ToolsFolder), options.OnProgress, cancellationToken);
        var key = ports is not null ? null : Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

        var said = new LastLines();
        var addresses = new ConcurrentDictionary<string, string>();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Start(Info(script, options, ports, key), line =>
        {
            if (options.OnRequest is { } onRequest && line.Contains(MarkOfRequest, StringComparison.Ordinal))
            {
                onRequest(line);
                return;
            }

            said.Add(line);
            if (Note(line, addresses) && addresses.Count == Services.Length) listening.TrySetResult();
        });
        try
        {
            var first = await Task.WhenAny(listening.Task, process.Exited).WaitAsync(StartsWithin, cancellationToken);
            if (first != listening.Task) throw new HostFailedException($"Azurite ended immediately. {said}");
            return new AzuriteServer(
                process, key is null ? _ => ports!.Value.ConnectionString : account => Connection(key, Name(account), addresses));
        }
        catch (Exception exception)
        {
            await process.DisposeAsync();
            if (exception is TimeoutException)
                throw new HostFailedException($"Azurite did not listen within {StartsWithin.TotalSeconds} s. {said}", exception);
            throw;
        }
    }

    /// <summary>Stops Azurite. Data in memory is lost.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static OwnedProcess Start(ProcessStartInfo info, Action<string> onLine)
    {
        try
        {
            return OwnedProcess.Start(info, onLine);
        }
        catch (Win32Exception exception)
        {
            throw new HostFailedException(
                "node is not on the PATH: install Node.js 20 or later, which the storage emulator Azurite needs.", exception);
        }
    }

    private static ProcessStartInfo Info(string script, AzuriteOptions options, AzuritePorts? ports, string? key)
    {
        var info = new ProcessStartInfo("node", [script, "--skipApiVersionCheck", "--disableTelemetry"]);
        if (options.OnRequest is null) info.ArgumentList.Add("--silent");
        foreach (var (name, port) in new[] { ("blob", ports?.Blob), ("queue", ports?.Queue), ("table", ports?.Table) })
        {
            info.ArgumentList.Add($"--{name}Host");
            info.ArgumentList.Add("127.0.0.1");
            info.ArgumentList.Add($"--{name}Port");
            info.ArgumentList.Add((port ?? 0).ToString(CultureInfo.InvariantCulture));
        }

        if (options.DataFolder is { } folder)
        {
            info.ArgumentList.Add("--location");
            info.ArgumentList.Add(folder);
        }
        else
        {
            info.ArgumentList.Add("--inMemoryPersistence");
        }

        info.WorkingDirectory = options.DataFolder ?? Path.GetTempPath();
        info.Environment["AZURITE_ACCOUNTS"] = key is null
            ? ""
            : string.Join(';', Enumerable.Range(0, Accounts).Select(account => $"{Name(account)}:{key}"));
        return info;
    }

    /// <summary>Azurite says which ports the system chose: <c>Azurite Blob service is successfully listening at http://…</c>.</summary>
    private static bool Note(string line, ConcurrentDictionary<string, string> addresses)
    {
        foreach (var service in Services)
        {
            var start = $"Azurite {service}{Listening}";
            if (line.StartsWith(start, StringComparison.Ordinal)) return addresses.TryAdd(service, line[start.Length..].Trim());
        }

        return false;
    }

    private static string Name(int account) => account == 0 ? Account : $"{Account}{account.ToString(CultureInfo.InvariantCulture)}";

    private static string Connection(string key, string account, ConcurrentDictionary<string, string> addresses) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};"
        + string.Concat(Services.Select(service => $"{service}Endpoint={addresses[service]}/{account};"));
}
