using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>An event inside a text or object of another record, and behind a header.</summary>
public class EventInTextTests
{
    private const string Decorations =
        "\"@timestamp\": \"2026-11-03T09:15:00Z\", \"host\": {\"name\": \"collector\"}, \"ecs\": {\"version\": \"8.0.0\"}";

    private static readonly string Xml = GoldenLaunch.Messages["winevent-xml"].Trim();

    public static TheoryData<string> Senders => [.. GoldenLaunch.Messages.Keys];

    public static TheoryData<string> JsonSenders => Launch.JsonSenders;

    [Theory]
    [MemberData(nameof(Senders))]
    public void A_text_of_any_usual_name_holds_the_event_of_any_sender(string sender)
    {
        var text = Launch.Quoted(GoldenLaunch.Messages[sender]);
        foreach (var holder in new[] { "message", "_raw", "data", "raw_data", "event.original", "log.original", "body", "properties" })
            Launch.AssertRead($"{{\"{holder}\": {text}, {Decorations}}}");
        Launch.AssertRead($"{{\"event\": {{\"original\": {text}, \"module\": \"x\"}}, {Decorations}}}");
        Launch.AssertRead($"{{\"log\": {{\"original\": {text}, \"file\": {{\"path\": \"x\"}}}}, {Decorations}}}");
        Launch.AssertRead($"{{\"message\": {Launch.Quoted($"{{\"message\": {text}}}")}}}");
    }

    [Theory]
    [MemberData(nameof(JsonSenders))]
    public void An_object_of_a_store_or_a_query_holds_the_event(string sender)
    {
        var record = Launch.Record(sender).ToJsonString();

        Launch.AssertRead($"{{\"_index\": \"logs\", \"_id\": \"1\", \"_source\": {record}}}", GoldenLaunch.Format(sender));
        foreach (var answer in new[]
        {
            $"{{\"hits\": {{\"total\": 2, \"hits\": [{{\"_source\": {record}}}, {{\"_source\": {record}}}]}}}}",
            $"{{\"Stats\": {{}}, \"Schema\": [], \"Results\": [{record}, {record}]}}",
            $"{{\"schema\": [], \"results\": [{record}, {record}]}}",
            $"{{\"@odata.context\": \"x\", \"value\": [{record}, {record}]}}",
            $"[{{\"Schema\": [], \"Results\": [{record}, {record}]}}]",
            $"{{\"results\": [{record}, {record}], \"count\": 2}}",
            $"{{\"events\": [{record}, {record}]}}",
        })
        {
            Assert.Equal("read read", Reading.Words(Reading.All(answer)));
        }
    }

    [Theory]
    [InlineData("ecs")]
    [InlineData("ecs.dotted")]
    [InlineData("winlogbeat")]
    [InlineData("winevent-json")]
    public void A_search_may_return_each_value_in_a_list_under_its_dotted_name(string sender)
    {
        var fields = new JsonObject();
        Flatten(Launch.Record(sender), "", fields);

        Launch.AssertRead(new JsonObject { ["_index"] = "logs", ["fields"] = fields }.ToJsonString(), GoldenLaunch.Format(sender));
    }

    [Theory]
    [InlineData("la-windowsevent", "EventData")]
    [InlineData("fluentbit.map", "EventDataMap")]
    [InlineData("winlogbeat-6", "event_data")]
    [InlineData("winevent-json", "EventData")]
    public void The_events_own_fields_may_be_a_text_of_json_or_xml(string sender, string name)
    {
        var record = Launch.Record(sender);
        var holder = Launch.Objects(record).FirstOrDefault(o => o.ContainsKey(name)) ?? record;
        name = holder.ContainsKey(name) ? name : "EventData";
        var data = holder[name]!.AsObject();
        var xml = string.Concat(data.Select(field => $"<Data Name='{field.Key}'>{Escaped($"{field.Value}")}</Data>"));
        var texts = new[]
        {
            data.ToJsonString(), $"<EventData>{xml}</EventData>", $"<DataItem><EventData xmlns='x'>{xml}</EventData></DataItem>",
        };
        foreach (var text in texts)
        {
            holder[name] = text;
            Launch.AssertRead(record.ToJsonString(), GoldenLaunch.Format(sender));
        }
    }

    [Fact]
    public void A_row_without_its_fields_is_read_in_its_raw_event()
    {
        foreach (var sender in new[] { "la-windowsevent", "la-event" })
        {
            var record = Launch.Record(sender);
            record["EventData"] = null;
            record["RawEventData"] = GoldenLaunch.Messages["winevent-xml.sysmon"];
            Launch.AssertRead(record.ToJsonString(), GoldenLaunch.Format(sender));
        }
    }

    [Theory]
    [InlineData("<13>Nov  3 09:14:27 relay ")]
    [InlineData("<14>1 2026-11-03T09:14:27Z relay wef - - [x{1} y=\"2\"] ")]
    [InlineData("2026-11-03T09:14:27 relay f:EventChannel:")]
    [InlineData("Nov  3 09:14:27 relay app[7]: ")]
    public void Any_header_may_stand_before_an_event(string header)
    {
        var json = Launch.Record("winlogbeat").ToJsonString();

        Assert.Equal("read read", Reading.Words(Reading.All($"{header}{Xml}\n{header}{Xml}")));
        Assert.Equal("read read read", Reading.Words(Reading.All($"{header}{Xml}\n{header}{json}\n{json}")));
        Assert.Equal("read read", Reading.Words(Reading.All($"{header}{Xml.Replace("><", ">\n<", StringComparison.Ordinal)}\r\n{json}")));
        Assert.Equal("read", Reading.Words(Reading.All($"{{\"message\": {Launch.Quoted(header + Xml)}}}")));
        Assert.Equal("read", Reading.Words(Reading.All($"{{\"message\": {Launch.Quoted(header + json)}}}")));
    }

    [Fact]
    public void A_text_with_many_events_gives_each_of_them() =>
        Assert.Equal(
            "read read read read",
            Reading.Words(Reading.All(
                $"[{{\"message\": {Launch.Quoted(Xml + Xml)}}}, {{\"data\": {Launch.Quoted($"[{Launch.Record("ecs")},{Launch.Record("ecs")}]")}}}]")));

    [Fact]
    public void An_event_in_a_text_that_is_no_launch_is_skipped_as_such() =>
        Assert.Equal(
            new RecordOutcome.Skipped("winevent-xml", "event 4624"),
            Reading.Skipped(
                $"{{\"message\": {Launch.Quoted(Xml.Replace("<EventID>4688", "<EventID>4624", StringComparison.Ordinal))}, {Decorations}}}"));

    [Fact]
    public void Texts_in_texts_are_opened_three_deep()
    {
        var text = Xml;
        for (var depth = 1; depth <= 6; depth++)
        {
            text = new JsonObject { ["message"] = text }.ToJsonString();
            Assert.Equal(depth <= 3 ? "read" : "unknown_format", Reading.Words(Reading.All(text)));
        }
    }

    [Theory]
    [InlineData("winevent-xml")]
    [InlineData("winlogbeat")]
    public void A_hub_that_is_set_to_a_format_reads_it_in_a_text_too(string format)
    {
        var reader = new MessageReader(new MessageLimits(), format);
        var body = $"{{\"message\": {Launch.Quoted(GoldenLaunch.Messages[format])}, {Decorations}}}";

        Assert.Equal("read", Reading.Words(reader.Read(Reading.Bytes(body))));
        Assert.Equal(
            "format_mismatch",
            Reading.Words(new MessageReader(new MessageLimits(), SourceFormats.Ocsf).Read(Reading.Bytes(body))));
    }

    private static void Flatten(JsonObject from, string prefix, JsonObject fields)
    {
        foreach (var (name, value) in from)
        {
            if (value is JsonObject inner) Flatten(inner, $"{prefix}{name}.", fields);
            else fields[prefix + name] = value is JsonArray ? value.DeepClone() : new JsonArray(value?.DeepClone());
        }
    }

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
