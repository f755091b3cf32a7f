using Changeling.Backtest.Recordings;
using Changeling.Events;
using Changeling.Hubs;

namespace Changeling.Cli.Hubs;

/// <summary>Files as messages: each JSON value is one, or each line of base64. The key is the host of a message's first event.</summary>
internal static class OutgoingFiles
{
    /// <summary>Reads value after value, without a whole file in memory.</summary>
    /// <param name="files">Names, as the user gave them.</param>
    /// <param name="isBase64">Whether the lines are base64.</param>
    /// <param name="skip">Messages to leave out at the beginning.</param>
    /// <exception cref="CliException">A file cannot be read, or a line is not base64.</exception>
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
                : throw new CliException($"{file}:{number} is not base64; leave out --base64 for files of plain messages.");
        }
    }
}
