using System.Text;
using Changeling.Events;

namespace Changeling.Core.Tests.Events;

/// <summary>Reads messages in tests.</summary>
internal static class Reading
{
    private static readonly MessageReader Reader = new(new MessageLimits());

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static IReadOnlyList<RecordOutcome> All(byte[] body) => Reader.Read(body);

    public static IReadOnlyList<RecordOutcome> All(string body) => All(Bytes(body));

    public static ProcessEvent Event(string body) => Assert.IsType<RecordOutcome.Read>(Assert.Single(All(body))).Event;

    public static RecordOutcome.Unreadable Unreadable(string body) => Assert.IsType<RecordOutcome.Unreadable>(Assert.Single(All(body)));

    public static RecordOutcome.Skipped Skipped(string body) => Assert.IsType<RecordOutcome.Skipped>(Assert.Single(All(body)));

    /// <summary>Outcomes in a word each: <c>read</c>, <c>skipped</c>, or the reason of a dead letter.</summary>
    public static string Words(IEnumerable<RecordOutcome> outcomes) => string.Join(' ', outcomes.Select(outcome => outcome switch
    {
        RecordOutcome.Read => "read",
        RecordOutcome.Unreadable unreadable => unreadable.Reason,
        _ => "skipped",
    }));
}
