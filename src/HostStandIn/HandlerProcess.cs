using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn;

/// <summary>Runs the app as the host does: start, readiness (section 1.1), and what each way to die means (section 1.10).</summary>
internal sealed class HandlerProcess(FunctionApp app, HostOptions options, HttpClient client) : IHandler
{
    /// <summary>The third death by error in so long stops the host.</summary>
    private const int DeathsAllowed = 2;

    private const int ExitByWish = 0;
    private const int ExitForRestart = 200;
    private static readonly TimeSpan DeathsWindow = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(25);

    private readonly SemaphoreSlim _starting = new(1);
    private readonly Queue<DateTimeOffset> _deaths = new();
    private readonly LastLines _lines = new();
    private OwnedProcess? _process;
    private volatile bool _ready;
    private volatile bool _killedByUs;
    private int _starts;
    private HostFailedException? _givenUp;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public int Restarts => Math.Max(0, _starts - 1);

    public Task Died => _process?.Exited ?? Task.CompletedTask;

    /// <summary>The running process's id; null while there is none.</summary>
    public int? ProcessId => _process is { IsAlive: true } process ? process.Id : null;

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        if (_ready && _process is { IsAlive: true }) return;

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_givenUp is not null) throw _givenUp;
            while (!(_ready && _process is { IsAlive: true }))
            {
                await BuryAsync();
                Start();
                _ready = await AnswersAsync(cancellationToken);
            }
        }
        catch (HostFailedException exception)
        {
            _givenUp = exception;
            throw;
        }
        finally
        {
            _starting.Release();
        }
    }

    public void Kill()
    {
        _killedByUs = true;
        _ready = false;
        _process?.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _starting.Dispose();
    }

    private void Start()
    {
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}");
        _killedByUs = false;
        _ready = false;
        _starts++;
        var info = HandlerStart.Info(app, options, port);
        try
        {
            _process = OwnedProcess.Start(info, line =>
            {
                _lines.Add(line);
                options.OnOutput?.Invoke(line);
            });
        }
        catch (Win32Exception exception)
        {
            throw new HostFailedException($"The app cannot be started: {info.FileName} is not on the PATH, or may not be run.", exception);
        }
    }

    /// <summary>Any answer will do, whatever its status; refused means not yet.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(app.InitializationTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        while (_process!.IsAlive)
        {
            try
            {
                using var answer = await client.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead, either.Token);
                return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(PollEvery, options.Time, CancellationToken.None);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw NeverReady();
            }

            if (timeout.IsCancellationRequested) throw NeverReady();
        }

        return false;
    }

    private HostFailedException NeverReady()
    {
        return new HostFailedException($"The app did not answer GET / within {app.InitializationTimeout.TotalSeconds} s. {_lines}");
    }

    /// <summary>Judges how the process died, and gives up where the host would.</summary>
    private async Task BuryAsync()
    {
        if (_process is not { } dead) return;

        dead.Kill();
        var code = await dead.Exited;
        _process = null;
        await dead.DisposeAsync();
        if (_killedByUs || code == ExitForRestart) return;
        if (code == ExitByWish)
        {
            throw new HostFailedException($"The app ended with exit code 0, which the host takes for a wish and never starts it again. {_lines}");
        }

        var now = options.Time.GetUtcNow();
        _deaths.Enqueue(now);
        while (_deaths.Peek() < now - DeathsWindow) _deaths.Dequeue();
        if (_deaths.Count > DeathsAllowed && !options.CallerKills)
        {
            throw new HostFailedException($"The app died {_deaths.Count} times within 30 minutes, last with exit code {code}. {_lines}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
