using Changeling.Events;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Histories;

/// <summary>
/// A made-up event partition: several epochs of messages with lower numbers again, a broker clock that jumps and steps
/// back, late and early endpoint clocks, and records of every kind.
/// </summary>
internal sealed class Hub
{
    public const string RefusedChild = "refused.exe";

    private static readonly string[] Parents = ["services.exe", "winword.exe", "cmd.exe"];
    private static readonly string[] Children =
    [
        "svchost.exe", "a.exe", "b.exe", "odd-one.exe", "odd-two.exe", "cl~4d|*.exe", "conhost.exe",
    ];

    private Hub(IReadOnlyList<HubMessage> messages, IReadOnlyList<TelemetryMessage> wire) => (Messages, Wire) = (messages, wire);

    public IReadOnlyList<HubMessage> Messages { get; }

    /// <summary>The same messages, as the hub hands them over.</summary>
    public IReadOnlyList<TelemetryMessage> Wire { get; }

    public static IReadOnlyCollection<string> AllParents => Parents;

    public static IReadOnlyCollection<string> AllChildren => Children;

    /// <summary>Where the epoch of the message at an index ends.</summary>
    public int EndOfEpoch(int index)
    {
        var end = index;
        while (end < Messages.Count && Messages[end].Epoch == Messages[index].Epoch) end++;
        return end;
    }

    public int StartOfEpoch(int index)
    {
        var start = index;
        while (start > 0 && Messages[start - 1].Epoch == Messages[index].Epoch) start--;
        return start;
    }

    public static Hub Make(Random chance, int count)
    {
        var messages = new List<HubMessage>();
        var (epoch, highest) = (0, TestSupport.Some.Time);

        // In every epoch, old numbers are far above new ones, as on a hub that has run for a while: a stale batch never joins on to a new
        // epoch.
        var pace = chance.Next(3) == 0 ? 300 : 9_000;
        var number = 1_000_000L + chance.Next(50);
        while (messages.Count < count)
        {
            if (messages.Count > 0 && chance.Next(25) == 0)
            {
                (epoch, number) = (epoch + 1, number - 1_000 - chance.Next(1_000));
                highest = highest.AddSeconds(1 + chance.Next(10_000));
                messages.Add(Message(chance, epoch, number, highest));
                continue;
            }

            // Mostly forward, sometimes days, once in a while months; and now and then the broker's clock steps back.
            var enqueued = highest + chance.Next(12) switch
            {
                0 => -TimeSpan.FromMinutes(chance.Next(1, 40)),
                1 => TimeSpan.FromDays(chance.Next(1, 4)),
                2 when chance.Next(8) == 0 => TimeSpan.FromDays(chance.Next(100, 180)),
                _ => TimeSpan.FromSeconds(chance.Next(0, pace)),
            };
            number++;
            messages.Add(Message(chance, epoch, number, enqueued));
            if (enqueued > highest) highest = enqueued;
        }

        return new Hub(messages, [.. messages.Select(OnTheWire)]);
    }

    private static HubMessage Message(Random chance, int epoch, long number, DateTimeOffset enqueued) => new(
        epoch, number, enqueued, chance.Next(14) == 0
            ? []
            : [.. Enumerable.Range(0, chance.Next(1, 5)).Select(r => Record(chance, $"{{{epoch}-{number}-{r}}}", enqueued))]);

    private static HubRecord Record(Random chance, string guid, DateTimeOffset enqueued)
    {
        var kind = chance.Next(40) switch
        {
            0 => RecordKind.Orphan,
            1 => RecordKind.Faulty,
            2 => RecordKind.Refused,
            3 or 4 => RecordKind.Other,
            _ => RecordKind.Launch,
        };

        // Late, very late, early and very early events: the last of each pair lies outside the sanity window.
        var time = enqueued + chance.Next(8) switch
        {
            0 => -TimeSpan.FromHours(chance.Next(1, 600)),
            1 => -TimeSpan.FromDays(chance.Next(31, 400)),
            2 => TimeSpan.FromSeconds(chance.Next(0, 299)),
            3 => TimeSpan.FromHours(chance.Next(1, 50)),
            _ => -TimeSpan.FromSeconds(chance.Next(0, 30)),
        };
        var child = kind == RecordKind.Refused ? RefusedChild : Children[chance.Next(Children.Length)];
        var host = $"ws-{(chance.Next(2) == 0 ? 1 : chance.Next(2, 9))}";

        // Winlogbeat's times have milliseconds.
        time = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return new HubRecord(kind, Parents[chance.Next(Parents.Length)], child, host, chance.Next(3) == 0, time, guid);
    }

    private static TelemetryMessage OnTheWire(HubMessage message) => new(
        message.Number, message.Enqueued, message.IsBroken ? "broken"u8.ToArray() : Many([.. message.Records.Select(Bytes)]));

    private static byte[] Bytes(HubRecord record) => record.Kind switch
    {
        RecordKind.Other =>
            """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":"3"}}"""u8.ToArray(),
        RecordKind.Orphan =>
            TestSupport.Telemetry.Record("S-1-16-8192", record.Child, Words(record), record.Time, record.Guid, record.Host),
        _ => TestSupport.Telemetry.Record(record.Parent, record.Child, Words(record), record.Time, record.Guid, record.Host),
    };

    private static string Words(HubRecord record) => record.Kind == RecordKind.Faulty ? "throw" : record.Evil ? "evil" : "plain";
}
