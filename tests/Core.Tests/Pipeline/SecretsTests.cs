using System.Text.Json;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>What a batch comes to goes into metrics, logs and health blobs: no text of an event may be in it.</summary>
public class SecretsTests
{
    [Fact]
    public async Task A_secret_in_any_field_of_any_format_is_in_no_count_of_a_batch()
    {
        var bench = new PipelineBench();
        var messages = PlantedSecrets.Messages().Select((planted, i) => Message(i, planted.Body)).ToArray();

        var outcome = await bench.ProcessAsync(messages);

        Assert.True(messages.Length > 300, $"{messages.Length} messages");
        Assert.Contains(outcome.Skipped, s => s.Key.Kind == "other");
        string[] said =
        [
            .. outcome.Skipped.Keys.Select(k => $"{k.Format} {k.Kind}"), .. outcome.DeadLetters.Keys.Select(k => $"{k.Format} {k.Reason}"),
            .. outcome.HeldBack.Keys, .. outcome.Suppressed.Keys, .. outcome.DetectionsByRule.Keys,
            JsonSerializer.Serialize(outcome.Sources),
        ];
        Assert.All(said, text => Assert.DoesNotContain(PlantedSecrets.Secret, text, StringComparison.OrdinalIgnoreCase));
    }
}
