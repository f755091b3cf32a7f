using System.Text;

namespace Changeling.RecordedFiles.Tests;

/// <summary>Reads content as a file of a name.</summary>
internal static class Read
{
    public static IReadOnlyList<RecordedMessage> All(byte[] content, string name = "file")
    {
        using var recording = Recording.Open(RecordedFile.InMemory(name, content));
        return [.. recording.Messages()];
    }

    public static string Text(this RecordedMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    /// <summary>The texts of the messages, and of what is unreadable.</summary>
    public static IReadOnlyList<string> Texts(byte[] content, string name = "file") => [.. All(content, name).Select(Text)];
}
