using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Changeling.HostStandIn.Azurite;

/// <summary>A running storage emulator, on loopback only; ends with this object, and with our process however that ends.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string Account = "changeling";
    private const string Listening = " service is successfully listening at ";
    private const int KeyBytes = 64;
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    private readonly OwnedProcess _process;

    private AzuriteServer(OwnedProcess process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    /// <summary>For the setting <c>Storage:ConnectionString</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether an Azurite listens already.</summary>
    /// <param name="port">Its blob port, as <see cref="AzuriteOptions.Port"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        var ports = new AzuritePorts(port);
        return await AzuritePorts.IsAzuriteAsync(ports.Blob, "Blob", cancellationToken)
            && await AzuritePorts.IsAzuriteAsync(ports.Table, "Table", cancellationToken);
    }

    /// <summary>For an Azurite that listens already and was given no account of its own.</summary>
    /// <param name="port">Its blob port.</param>
    public static string ConnectionAt(int port) => new AzuritePorts(port).ConnectionString;

    /// <summary>Installs Azurite if need be, starts it and waits until all its services listen.</summary>
    /// <exception cref="HostFailedException">No Node.js, no npm, a port that is taken, or an Azurite that does not come up.</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        var ports = options.Port is { } blob ? new AzuritePorts(blob) : (AzuritePorts?)null;
        ports?.RequireFree();
        var script = await AzuriteInstall.EnsureAsync(options.ToolsFolder, options.OnProgress, cancellationToken);
        var key = ports is not null ? null : Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

        var said = new LastLines();
        var addresses = new ConcurrentDictionary<string, string>();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Start(Info(script, options, ports, key), line =>
        {
            said.Add(line);
            if (Note(line, addresses) && addresses.Count == Services.Length) listening.TrySetResult();
        });
        try
        {
            var first = await Task.WhenAny(listening.Task, process.Exited).WaitAsync(StartsWithin, cancellationToken);
            if (first != listening.Task) throw new HostFailedException($"Azurite ended at once. {said}");
            return new AzuriteServer(process, key is null ? ports!.Value.ConnectionString : Connection(key, addresses));
        }
        catch (Exception exception)
        {
            await process.DisposeAsync();
            if (exception is TimeoutException) throw new HostFailedException($"Azurite did not listen within {StartsWithin.TotalSeconds} s. {said}", exception);
            throw;
        }
    }

    /// <summary>Stops it; what it kept in memory is gone.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static OwnedProcess Start(ProcessStartInfo info, Action<string> onLine)
    {
        try
        {
            return OwnedProcess.Start(info, onLine);
        }
        catch (Win32Exception exception)
        {
            throw new HostFailedException("node is not on the PATH: install Node.js 20 or later, which the storage emulator Azurite needs.", exception);
        }
    }

    private static ProcessStartInfo Info(string script, AzuriteOptions options, AzuritePorts? ports, string? key)
    {
        var info = new ProcessStartInfo("node", [script, "--silent", "--skipApiVersionCheck", "--disableTelemetry"]);
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
        info.Environment["AZURITE_ACCOUNTS"] = key is null ? "" : $"{Account}:{key}";
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

    private static string Connection(string key, ConcurrentDictionary<string, string> addresses) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};"
        + string.Concat(Services.Select(service => $"{service}Endpoint={addresses[service]}/{Account};"));
}
