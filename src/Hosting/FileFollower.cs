using Changeling.Storage;

namespace Changeling.Hosting;

/// <summary>
/// Follows a container of users' JSON files. An invalid file is refused by name, and its last valid content stays in force; a file that was
/// never valid is left out. Before the container was read once, there is no value.
/// </summary>
/// <typeparam name="T">The value that is composed from all files.</typeparam>
/// <param name="storage">The account.</param>
/// <param name="blobs">The container.</param>
/// <param name="interval">Interval at which the container is read.</param>
/// <param name="time">The clock for the interval.</param>
internal abstract class FileFollower<T>(StorageClients storage, JsonBlobs blobs, TimeSpan interval, TimeProvider time) : BackgroundService
    where T : class
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyDictionary<string, JsonBlob> _read = new Dictionary<string, JsonBlob>();
    private object? _basis;
    private volatile T? _current;

    /// <summary>The value in force; <see langword="null"/> until the container was read once.</summary>
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

    /// <summary>Waits for the other inputs of the composition.</summary>
    protected virtual Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The other inputs of the composition. When this is another object, the same files are composed again.</summary>
    protected virtual object? Basis => null;

    /// <summary>Reads a new or changed file.</summary>
    /// <exception cref="InvalidDataException">The file is not valid; its last valid content stays in force.</exception>
    protected abstract void Take(string name, ReadOnlySpan<byte> content);

    /// <summary>Removes all files except these.</summary>
    protected abstract void Keep(IReadOnlySet<string> names);

    /// <summary>Composes the value from all valid files.</summary>
    /// <exception cref="InvalidDataException">The files contradict each other; the value in force stays.</exception>
    protected abstract T Compose();

    /// <summary>The value when no composition has succeeded yet.</summary>
    protected abstract T Otherwise { get; }

    /// <summary>Reports that a new value is in force.</summary>
    protected abstract void OnLoaded(T current);

    /// <summary>Reports that files are refused.</summary>
    protected abstract void Refused(string reason);

    /// <summary>Reports that the container cannot be read.</summary>
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

    /// <summary>An invalid file does not affect the other files.</summary>
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
