using Changeling.Simulation.Habits;

namespace Changeling.Simulation.Running;

/// <summary>Turns a rhythm into times on a host's calendar.</summary>
internal static class RhythmTimes
{
    private const double WorkingHours = 9;
    private const int LunchHour = 12;

    public static IEnumerable<DateTimeOffset> Of(
        Rhythm rhythm, HostCalendar calendar, double diligence, Chance chance) => rhythm.Kind switch
        {
            RhythmKind.Boot => calendar.Boots,
            RhythmKind.Logon => calendar.Logons,
            RhythmKind.Work => calendar.Work.SelectMany(span => AtWork(span, rhythm.Number * diligence, chance)),
            RhythmKind.On => calendar.On.SelectMany(span => Scattered(span, rhythm.Number * span.Length.TotalHours / 24, chance)),
            RhythmKind.Every => calendar.On.SelectMany(span => LikeClockwork(span, rhythm.Number, chance)),
            RhythmKind.Night => Nights(calendar).SelectMany(span => Scattered(span, rhythm.Number, chance)),
            _ => [],
        };

    private static IEnumerable<DateTimeOffset> AtWork(Span span, double perDay, Chance chance) =>
        Scattered(span, perDay * span.Length.TotalHours / WorkingHours, chance)
            .Select(time => time.Hour == LunchHour && chance.Happens(0.6) ? span.Some(chance) : time);

    private static IEnumerable<DateTimeOffset> Scattered(Span span, double mean, Chance chance)
    {
        var count = chance.Count(mean);
        for (var i = 0; i < count; i++) yield return span.Some(chance);
    }

    private static IEnumerable<DateTimeOffset> LikeClockwork(Span span, double minutes, Chance chance)
    {
        var interval = minutes * 60_000;
        for (var time = span.From.AddMilliseconds((long)(chance.Unit() * interval));
             time < span.To;
             time = time.AddMilliseconds((long)(interval * chance.Between(0.98, 1.02))))
        {
            yield return time;
        }
    }

    private static IEnumerable<Span> Nights(HostCalendar calendar) =>
        calendar.Days
            .SelectMany(day => calendar.On.Select(span => new Span(day.AddHours(1), day.AddHours(5)).Within(span)))
            .Where(night => !night.IsEmpty);
}
