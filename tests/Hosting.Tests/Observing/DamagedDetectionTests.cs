using System.Collections.Concurrent;
using Changeling.Storing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Changeling.Hosting.Tests.Observing;

/// <summary>A stored detection that cannot be read is reported, and the invocation that would send it succeeds.</summary>
public class DamagedDetectionTests
{
    [Fact]
    public async Task A_damaged_detection_is_logged_without_a_word_of_it_counted_and_not_tried_again()
    {
        using var kept = new KeptLog();
        using var measured = new Measurements();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = "UseDevelopmentStorage=true",
            ["DetectionsHub"] = "detections",
            ["EventHubConnection"] =
                "Endpoint=sb://127.0.0.1:5672;SharedAccessKeyName=any;SharedAccessKey=YW55;UseDevelopmentEmulator=true;",
        });
        builder.AddChangeling();
        builder.Logging.AddProvider(kept);
        using var app = builder.Build();

        // Nothing listens at that address: the call can only succeed if nothing is sent.
        await app.Services.GetRequiredService<IDetectionHub>().SendAsync(
            ["{\"secret\":1}"u8.ToArray(), "secret"u8.ToArray()], TestContext.Current.CancellationToken);

        var line = Assert.Single(kept.Lines, line => line.Contains("stored detections", StringComparison.Ordinal));
        Assert.Equal("Error 2 stored detections cannot be read and are not sent. They stay in the table until they are swept.", line);
        Assert.DoesNotContain(kept.Lines, l => l.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(2, measured.Sum("changeling.detections.damaged"));
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
