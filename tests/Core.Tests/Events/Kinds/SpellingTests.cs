using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.Events;
using Changeling.Events.Values;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>One value in every spelling of every sender.</summary>
public partial class SpellingTests
{
    public static TheoryData<string> JsonSenders => Launch.JsonSenders;

    public static TheoryData<string> NamedSenders => Launch.NamedSenders;

    [Theory]
    [MemberData(nameof(JsonSenders))]
    public void Every_whole_number_may_be_a_double(string sender)
    {
        var whole = Reading.Event(GoldenLaunch.Messages[sender]);
        var doubles = WholeNumber().Replace(GoldenLaunch.Messages[sender], "$1$2.000000");
        var texts = WholeNumber().Replace(GoldenLaunch.Messages[sender], "$1\"$2.0\"");

        Assert.Equal(whole, Reading.Event(doubles));
        GoldenEvent.AssertSame(Reading.Event(texts));
    }

    [Theory]
    [MemberData(nameof(JsonSenders))]
    public void A_nul_may_end_every_text(string sender)
    {
        var record = Launch.Record(sender);
        foreach (var o in Launch.Objects(record).ToList())
        {
            foreach (var (name, value) in o.ToList())
            {
                if (value is JsonValue v && v.TryGetValue<string>(out var text) && !IsName(name, text)) o[name] = text + "\0";
            }
        }

        Launch.AssertRead(record.ToJsonString(), GoldenLaunch.Format(sender));
    }

    [Theory]
    [InlineData("#text")]
    [InlineData("Value")]
    [InlineData("_text")]
    [InlineData("_")]
    public void A_value_may_stand_in_an_object(string wrapping)
    {
        foreach (var sender in NamedSenders.Select(row => row.Data))
        {
            var record = Launch.Record(sender);
            var system = (record["winlog"] ?? record["Event"]?["System"] ?? record["System"])?.AsObject();
            foreach (var o in new[] { Launch.Data(record), system })
            {
                foreach (var (name, value) in o?.ToList() ?? [])
                {
                    if (value is not JsonValue || IsName(name, $"{value}")) continue;
                    o![name] = new JsonObject { [wrapping] = value.DeepClone(), ["x"] = 1 };
                }
            }

            Launch.AssertRead(record.ToJsonString());
        }
    }

    public static TheoryData<string, string> Lists => new()
    {
        { "xmltodict", """{"Data":[{"@Name":"NAME","#text":"VALUE"}]}""" },
        { "xml-js", """{"Data":[{"_attributes":{"Name":"NAME"},"_text":"VALUE"}]}""" },
        { "xml2js", """{"Data":[{"$":{"Name":"NAME"},"_":"VALUE"}]}""" },
        { "attributes in an object", """{"Data":[{"#attributes":{"Name":"NAME"},"#text":"VALUE"}]}""" },
        { "names and values", """[{"Name":"NAME","Value":"VALUE"}]""" },
        { "keys and values", """[{"Key":"NAME","Value":"VALUE"}]""" },
        { "single properties", """[{"NAME":"VALUE"}]""" },
        { "BadgerFish", """{"Data":[{"@Name":"NAME","$":"VALUE"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Values_may_be_a_list_of_names_and_values(string what, string shape)
    {
        foreach (var sender in new[] { "la-windowsevent", "fluentbit.map", "winevent-json", "winlogbeat" })
        {
            var record = Launch.Record(sender);
            var data = Launch.Data(record);
            var entry = EntryOf().Match(shape).Value;
            var list = string.Join(',', data.Select(field => entry
                .Replace("NAME", field.Key, StringComparison.Ordinal)
                .Replace("\"VALUE\"", field.Value!.ToJsonString(), StringComparison.Ordinal)));
            var parent = data.Parent!.AsObject();
            parent[data.GetPropertyName()] = JsonNode.Parse(shape.Replace(entry, list, StringComparison.Ordinal));

            Assert.True(Reading.All(record.ToJsonString()) is [RecordOutcome.Read], $"{what} of {sender}");
            Launch.AssertRead(record.ToJsonString());
        }
    }

    [Theory]
    [InlineData("\"winlog\": {\"event_data\": {\"param1\": VALUES}, \"event_id\": 4688, \"provider_name\": \"Microsoft-Windows-Security-Auditing\", \"computer_name\": \"ws-0417\"}, \"@timestamp\"")]
    [InlineData("\"EventData\": [VALUES], \"EventID\": 4688, \"Provider\": \"Microsoft-Windows-Security-Auditing\", \"Computer\": \"ws-0417\", \"TimeGenerated\"")]
    [InlineData("\"EventData\": {\"Data\": [VALUES]}, \"EventID\": 4688, \"Channel\": \"Security\", \"Computer\": \"ws-0417\", \"TimeCreated\"")]
    [InlineData("\"StringInserts\": [VALUES], \"EventID\": 4688, \"SourceName\": \"Microsoft-Windows-Security-Auditing\", \"Hostname\": \"ws-0417\", \"EventTime\"")]
    public void Values_may_have_no_names_in_any_carrier(string carrier)
    {
        var values = Launch.Record("fluentbit")["StringInserts"]!.AsArray().Select(value => value!.ToJsonString()).ToList();
        var list = carrier.Contains("param1", StringComparison.Ordinal)
            ? string.Join(", ", values.Select((value, i) => i == 0 ? value : $"\"param{i + 1}\": {value}"))
            : string.Join(", ", values);

        Launch.AssertRead($"{{{carrier.Replace("VALUES", list, StringComparison.Ordinal)}: \"2026-11-03T09:14:27.384Z\"}}");
    }

    [Theory]
    [InlineData("flat-windows.nxlog", "Hostname", "HOSTNAME")]
    [InlineData("flat-windows.nxlog", "Hostname", "computername")]
    [InlineData("flat-windows.security-event", "Computer", "ComputerName")]
    [InlineData("fluentbit.map", "Computer", "hostname")]
    [InlineData("la-windowsevent", "Computer", "Host_Name")]
    [InlineData("la-event", "Computer", "MachineName")]
    [InlineData("defender-table", "DeviceName", "deviceName")]
    [InlineData("crowdstrike-fdr", "ComputerName", "COMPUTERNAME")]
    [InlineData("winlogbeat-6", "computer_name", "ComputerName")]
    [InlineData("asim", "DvcFQDN", "HOSTNAME")]
    public void The_host_may_be_under_another_key(string sender, string name, string other)
    {
        var record = Launch.Record(sender);
        if (sender == "asim") foreach (var part in new[] { "Dvc", "DvcHostname", "DvcDomain" }) record.Remove(part);
        Assert.True(Launch.Move(record, name, record, other));

        Launch.AssertRead(record.ToJsonString());
    }

    [Theory]
    [InlineData("-")]
    [InlineData("(null)")]
    [InlineData("null")]
    [InlineData("<null>")]
    [InlineData("(NULL)\0")]
    [InlineData("\0\0 ")]
    public void A_mark_for_nothing_is_nothing(string mark)
    {
        Assert.Null(KnownText.Of(mark));
        Assert.Null(KnownText.OfCommandLine(mark));
        foreach (var sender in new[] { "flat-windows.nxlog", "winlogbeat", "fluentbit.map", "la-windowsevent" })
        {
            var record = Launch.Record(sender);
            Launch.Data(record)["OriginalFileName"] = mark;
            Launch.Data(record)["ParentImage"] = mark;
            var read = Reading.Event(record.ToJsonString());
            Assert.Equal((null, null, EventNotes.None), (read.Child.OriginalFileName, read.Parent, read.Notes));
        }
    }

    [Theory]
    [InlineData("la-windowsevent", "TimeGenerated", "1793697267384")]
    [InlineData("la-windowsevent", "TimeGenerated", "\"/Date(1793697267384)/\"")]
    [InlineData("winevent-json", "TimeCreated", "\"2026-11-03T09:14:27.384Z\"")]
    [InlineData("winevent-json", "TimeCreated", "{\"@SystemTime\": 1793697267.384}")]
    [InlineData("flat-windows.security-event", "TimeGenerated", "\"11/3/2026, 9:14:27.384 AM\"")]
    [InlineData("flat-windows.security-event", "TimeGenerated", "{\"$date\": {\"$numberLong\": \"1793697267384\"}}")]
    [InlineData("flat-windows.security-event", "TimeGenerated", "{\"value\": \"/Date(1793697267384)/\", \"DateTime\": \"x\"}")]
    [InlineData("fluentbit", "TimeCreated", "134381708673840000")]
    [InlineData("winlogbeat-6", "@timestamp", "\"2026/11/03 09:14:27.384\"")]
    [InlineData("defender-table", "ProcessCreationTime", "639292940673840000")]
    public void A_time_may_be_written_in_any_way(string sender, string name, string time)
    {
        var record = Launch.Record(sender);
        var holder = Launch.Objects(record).First(o => o.ContainsKey(name));
        holder[name] = JsonNode.Parse(time);
        Launch.Data(record).Remove("UtcTime");

        var read = Launch.AssertRead(record.ToJsonString());

        Assert.Equal(384, read.Time.Millisecond);
    }

    /// <summary>A text by which a format or an event is known is compared as it is.</summary>
    private static bool IsName(string name, string text) =>
        name is "key" or "Type" or "category" or "ActionType" or "EventType" or "EventSchema" or "event_simpleName" || text.StartsWith('<');

    [GeneratedRegex("""(": )(\d+)(?=[,}\s])""")]
    private static partial Regex WholeNumber();

    [GeneratedRegex("""\{[^\[\]]*NAME.*VALUE"\}""")]
    private static partial Regex EntryOf();
}
