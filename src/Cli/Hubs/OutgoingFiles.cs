using Changeling.Events;
using Changeling.Hubs;
using Changeling.RecordedFiles;

namespace Changeling.Cli.Hubs;

/// <summary>Files as messages: each JSON value is one, or each line of base64. The key is the host of a message's first event.</summary>
/// <param name="files">The files.</param>
/// <param name="isBase64">Whether the lines are base64.</param>
/// <param name="skip">Messages to leave out at the beginning.</param>
internal sealed class OutgoingFiles(IReadOnlyList<RecordedFile> files, bool isBase64, int skip)
{
    /// <summary>The parts of the files that could not be read, and are not sent.</summary>
    public UnreadRecords Unread { get; private set; } = new(0, 0, null);

    /// <summary>Reads message after message, without a whole file in memory.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    /// <exception cref="CliException">A line is not base64.</exception>
    public IEnumerable<OutgoingMessage> Read()
    {
        var reader = new MessageReader(new MessageLimits());
        foreach (var file in files)
        {
            var number = 0;
            foreach (var body in isBase64 ? Decoded(file) : Bodies(file))
            {
                number++;
                if (skip-- > 0) continue;
                var first = reader.Read(body).OfType<RecordOutcome.Read>().FirstOrDefault();
                yield return new OutgoingMessage(first?.Event.Host.Name, body, $"{file.Name}:{number}");
            }
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Bodies(RecordedFile file)
    {
        using var recording = Recording.Open(file);
        foreach (var message in recording.Messages())
        {
            if (message.Damage is { } damage)
            {
                Unread = Unread with { Unread = Unread.Unread + 1, Example = Unread.Example ?? $"{file.Name}:{message.Number} ({damage})" };
                continue;
            }

            Unread = Unread with { Read = Unread.Read + 1 };
            yield return message.Body;
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Decoded(RecordedFile file)
    {
        var number = 0;
        using var lines = new StreamReader(file.Open());
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var body = new byte[line.Length];
            yield return Convert.TryFromBase64String(line, body, out var length)
                ? body.AsMemory(0, length)
                : throw new CliException($"{file.Name}:{number} is not base64; leave out --base64 for files of plain messages.");
        }
    }
}
