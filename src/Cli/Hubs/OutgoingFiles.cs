using Changeling.Cli.Backtest;
using Changeling.Events;

namespace Changeling.Cli.Hubs;

/// <summary>A message to send.</summary>
/// <param name="Key">The host of its first event, so that one host stays in one event partition; <see langword="null"/> where none can be read.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Place">File and number in it, from 1: where to go on after a failure.</param>
internal readonly record struct OutgoingMessage(string? Key, ReadOnlyMemory<byte> Body, string Place);

/// <summary>Files as messages: each JSON value is one, or each line of base64.</summary>
internal static class OutgoingFiles
{
    /// <summary>Reads value after value; no file is held whole.</summary>
    /// <exception cref="CliException">A file cannot be read, or a line is no base64.</exception>
    public static IEnumerable<OutgoingMessage> Read(IEnumerable<string> files, bool isBase64, int skip)
    {
        var reader = new MessageReader(new MessageLimits());
        foreach (var file in files)
        {
            var number = 0;
            foreach (var body in isBase64 ? Decoded(file) : Values(file))
            {
                number++;
                if (skip-- > 0) continue;
                var first = reader.Read(body).OfType<RecordOutcome.Read>().FirstOrDefault();
                yield return new OutgoingMessage(first?.Event.Host.Name, body, $"{file}:{number}");
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Values(string file)
    {
        var (stream, values) = HistoryFiles.Open(file);
        using (stream)
        {
            foreach (var value in values.Values()) yield return value;
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Decoded(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var body = new byte[line.Length];
            yield return Convert.TryFromBase64String(line, body, out var length)
                ? body.AsMemory(0, length)
                : throw new CliException($"{file}:{number} is no base64; 'deadletters retry' writes such files.");
        }
    }
}
