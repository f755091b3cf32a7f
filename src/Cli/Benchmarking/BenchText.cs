using System.Globalization;
using Changeling.Benchmarking.Measuring;
using Spectre.Console;

namespace Changeling.Cli.Benchmarking;

/// <summary>The results as a table.</summary>
internal static class BenchText
{
    private const double Mebibyte = 1024 * 1024;

    private static readonly (string Key, string Title, double Unit)[] Columns =
    [
        ("transactions_per_1000_events", "transactions for 1,000 events", 1),
        ("requests_per_1000_events", "table requests for 1,000 events", 1),
        ("cpu_microseconds_per_event", "µs of all processor time for an event", 1),
        ("first_pass_cpu_microseconds_per_event", "the same in the first pass after the start", 1),
        ("first_minute_cpu_microseconds_per_event", "the same in the first 60,000 events, a minute of 1,000 a second", 1),
        ("batch_p50_milliseconds", "ms for a batch, median", 1),
        ("batch_p99_milliseconds", "ms for a batch, 99 of 100", 1),
        ("start_process_seconds", "s of process time from the start to the first scored event", 1),
        ("peak_memory_bytes", "MiB of memory at the peak", Mebibyte),
        ("peak_heap_bytes", "MiB of heap at the peak", Mebibyte),
    ];

    public static void Show(IAnsiConsole console, IReadOnlyList<StageResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in new[] { "stage", "events/s", "least–most", "µs an event", "bytes an event", "clock" })
            table.AddColumn(new TableColumn(title) { Alignment = title is "stage" or "clock" ? Justify.Left : Justify.Right });
        foreach (var (name, result) in Rows(results))
        {
            table.AddRow(
                name,
                Number(result.EventsPerSecond.Median),
                $"{Number(result.EventsPerSecond.Least)}–{Number(result.EventsPerSecond.Most)}",
                result.MicrosecondsPerEvent.Median.ToString("N2", CultureInfo.InvariantCulture),
                result.AllocatedBytesPerEvent is { } bytes ? Number(bytes) : "",
                result.IsThreadTime ? "thread" : "elapsed");
        }

        console.Write(table);
        foreach (var (name, result) in Rows(results)) ShowMore(console, name, result);
    }

    private static void ShowMore(IAnsiConsole console, string name, StageResult result)
    {
        foreach (var (key, title, unit) in Columns)
        {
            if (result.More.TryGetValue(key, out var value))
                console.WriteLine($"{name}: {(value / unit).ToString("N2", CultureInfo.InvariantCulture)} {title}");
        }
    }

    private static IEnumerable<(string Name, StageResult Result)> Rows(IReadOnlyList<StageResult> results) =>
        results.SelectMany(result => result.ByPartitions.Count == 0
            ? [(result.Name, result)]
            : result.ByPartitions.Select(p => ($"{result.Name}, {p.Key} partitions", p.Value)));

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
