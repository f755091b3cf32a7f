using Changeling.Storage;

namespace Changeling.Hosting;

/// <summary>
/// Follows a container of users' JSON files. A bad file is refused by name, and its last good content stays in force; one that was
/// never good is left out. Until the container was read once there is nothing to work with.
/// </summary>
/// <typeparam name="T">What all files together make.</typeparam>
/// <param name="storage">The account.</param>
/// <param name="blobs">The container.</param>
/// <param name="interval">How often it is looked at.</param>
/// <param name="time">The clock to wait by.</param>
internal abstract class FileFollower<T>(StorageClients storage, JsonBlobs blobs, TimeSpan interval, TimeProvider time) : BackgroundService
    where T : class
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyDictionary<string, JsonBlob> _read = new Dictionary<string, JsonBlob>();
    private object? _basis;
    private volatile T? _current;

    /// <summary>What is in force; <see langword="null"/> until the container was read once.</summary>
    protected T? Composed => _current;

    /// <summary>Completes when the container was read once.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Whether the container was read once.</summary>
    public bool IsLoaded => _current is not null;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                if (_current is null) await storage.CreateOnEmulatorAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Unreadable(exception.Message);
            }

            await Task.Delay(_current is null ? FirstWait : interval, time, stoppingToken);
        }
    }

    /// <summary>Waits for what composing needs besides the files.</summary>
    protected virtual Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What composing needs besides the files: when it is another object, the same files are composed again.</summary>
    protected virtual object? Basis => null;

    /// <summary>Takes a new or changed file.</summary>
    /// <exception cref="InvalidDataException">It is none: what it held before stays.</exception>
    protected abstract void Take(string name, ReadOnlySpan<byte> content);

    /// <summary>Drops all files but these.</summary>
    protected abstract void Keep(IReadOnlySet<string> names);

    /// <summary>Makes the whole of all good files.</summary>
    /// <exception cref="InvalidDataException">They do not go together: what was in force stays.</exception>
    protected abstract T Compose();

    /// <summary>What is in force when the files never went together.</summary>
    protected abstract T Otherwise { get; }

    /// <summary>Tells that something new is in force.</summary>
    protected abstract void OnLoaded(T current);

    /// <summary>Tells that files are refused.</summary>
    protected abstract void Refused(string reason);

    /// <summary>Tells that the container cannot be read.</summary>
    protected abstract void Unreadable(string reason);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        var basis = Basis;
        var now = await blobs.ReadAsync(_read, cancellationToken);
        var changed = now.Where(f => !ReferenceEquals(_read.GetValueOrDefault(f.Key), f.Value)).ToList();
        if (_current is not null && changed.Count == 0 && now.Count == _read.Count && ReferenceEquals(basis, _basis)) return;

        _read = now;
        _basis = basis;
        Keep(now.Keys.ToHashSet(StringComparer.Ordinal));
        foreach (var (name, file) in changed) Try(name, () => Take(name, file.Content.Span));
        if (Try("all files together", () => _current = Compose())) OnLoaded(_current!);
        else _current ??= Otherwise;
        _loaded.TrySetResult();
    }

    /// <summary>No file takes its neighbors along, whatever it holds.</summary>
    private bool Try(string name, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (InvalidDataException exception)
        {
            Refused(exception.Message);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Refused($"{name}: cannot be read ({fault.GetType().Name}): a fault of this program; please report it with the file.");
        }

        return false;
    }
}
