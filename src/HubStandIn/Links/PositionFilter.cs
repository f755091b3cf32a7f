using System.Globalization;
using System.Text.RegularExpressions;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Changeling.HubStandIn.Storing;

namespace Changeling.HubStandIn.Links;

/// <summary>The filter by which a client gives its start position, such as <c>amqp.annotation.x-opt-offset > '-1'</c>.</summary>
internal static partial class PositionFilter
{
    /// <summary>The position of a link; the earliest without a filter.</summary>
    /// <exception cref="AmqpException">Event hubs do not support the filter.</exception>
    public static StartPosition Of(Attach attach)
    {
        var filter = (attach.Source as Source)?.FilterSet?[new Symbol("apache.org:selector-filter:string")];
        return filter switch
        {
            null => new StartPosition.Earliest(),
            DescribedValue { Value: string expression } => Parse(expression),
            string expression => Parse(expression),
            _ => throw LinkErrors.InvalidArgument("The filter of the link is not text."),
        };
    }

    /// <summary>Reads a filter; the value may be quoted.</summary>
    /// <exception cref="AmqpException">Event hubs do not support it.</exception>
    public static StartPosition Parse(string expression)
    {
        var match = Expression().Match(expression);
        if (!match.Success) throw LinkErrors.InvalidArgument($"The filter '{expression}' is not supported.");
        if (match.Groups["value"].Value == "@latest") return new StartPosition.Latest();
        if (!long.TryParse(match.Groups["value"].Value, CultureInfo.InvariantCulture, out var value))
            throw LinkErrors.InvalidArgument($"The filter '{expression}' has no number.");

        var inclusive = match.Groups["comparison"].Value == ">=";
        return match.Groups["annotation"].Value switch
        {
            HubAnnotations.SequenceNumber => new StartPosition.AtSequenceNumber(value, inclusive),
            HubAnnotations.Offset when value < 0 => new StartPosition.Earliest(),
            HubAnnotations.Offset => new StartPosition.AtOffset(value, inclusive),
            _ => new StartPosition.After(Time(value, expression)),
        };
    }

    private static DateTimeOffset Time(long milliseconds, string expression)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw LinkErrors.InvalidArgument($"The filter '{expression}' has no time.");
        }
    }

    [GeneratedRegex(
        @"^\s*amqp\.annotation\.(?<annotation>x-opt-sequence-number|x-opt-offset|x-opt-enqueued-time)\s*(?<comparison>>=?)\s*"
        + @"(?<quote>'?)(?<value>-?\d+|@latest)\k<quote>\s*$")]
    private static partial Regex Expression();
}
