using Changeling.Events;
using Changeling.RecordedFiles;
using Changeling.RecordedFiles.Capture;

namespace Changeling.Cli.Sources;

/// <summary>The records of files as they were received.</summary>
internal static class SourceFiles
{
    /// <summary>
    /// The records, each with the clock at its message: in a file the latest event time so far, in files of Event Hubs Capture the enqueued
    /// time. The clock is <see langword="null"/> before the first event of a file.
    /// </summary>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public static IEnumerable<(RecordOutcome Outcome, DateTimeOffset? Clock)> Records(IReadOnlyList<RecordedFile> files)
    {
        var reader = new MessageReader(new MessageLimits());
        for (var i = 0; i < files.Count; i++)
        {
            using var recording = Recording.Open(files[i]);
            if (recording.IsCapture)
            {
                foreach (var (_, message) in CapturedHub.Messages([.. files.Skip(i)]))
                {
                    foreach (var outcome in reader.Read(message.Body)) yield return (outcome, message.Captured!.EnqueuedTime);
                }

                yield break;
            }

            DateTimeOffset? clock = null;
            foreach (var message in recording.Messages())
            {
                var outcomes = reader.Read(message.Body);
                foreach (var e in outcomes.OfType<RecordOutcome.Read>().Select(r => r.Event))
                    if (!(e.Time <= clock)) clock = e.Time;
                foreach (var outcome in outcomes) yield return (outcome, clock);
            }
        }
    }
}
