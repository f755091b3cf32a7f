using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events.Kinds;

/// <summary>A field that a pipeline has moved to its normalised name is read there, and the other way round.</summary>
public class CopiedFieldsTests
{
    private static readonly (string Original, string Copy)[] Moved =
    [
        ("Image", "process.executable"), ("NewProcessName", "process.executable"), ("CommandLine", "process.command_line"),
        ("OriginalFileName", "process.pe.original_file_name"), ("NewProcessId", "process.pid"), ("ProcessGuid", "process.entity_id"),
        ("ParentImage", "process.parent.executable"), ("ParentProcessName", "process.parent.executable"),
        ("ParentCommandLine", "process.parent.command_line"), ("ParentProcessGuid", "process.parent.entity_id"),
        ("ParentProcessId", "process.parent.pid"), ("SubjectUserName", "user.name"), ("SubjectDomainName", "user.domain"),
        ("SubjectUserSid", "user.id"),
    ];

    public static TheoryData<string> NamedSenders => Launch.NamedSenders;

    [Theory]
    [MemberData(nameof(NamedSenders))]
    public void Each_moved_field_and_all_of_them_are_read_at_their_copies(string sender)
    {
        var all = Launch.Record(sender);
        all.Remove("process");
        foreach (var (original, copy) in Moved)
        {
            var one = Launch.Record(sender);
            one.Remove("process");
            if (!Launch.Move(Launch.Data(one), original, one, copy)) continue;
            Launch.Move(Launch.Data(all), original, all, copy);
            AssertLosesNothing(sender, one);
        }

        AssertLosesNothing(sender, all);
    }

    [Theory]
    [InlineData("winlogbeat", "1", "Microsoft-Windows-Sysmon")]
    [InlineData("winlogbeat-6", "4688", "Microsoft-Windows-Security-Auditing")]
    public void Event_id_and_provider_may_have_been_moved_too(string sender, string id, string provider)
    {
        var record = Launch.Record(sender);
        var system = record["winlog"]?.AsObject() ?? record;
        foreach (var name in new[] { "event_id", "provider_name", "source_name" }) system.Remove(name);
        record["event"] = new JsonObject { ["code"] = id, ["provider"] = provider };

        Launch.AssertRead(record.ToJsonString());
    }

    [Fact]
    public void Hashes_and_the_account_of_sysmon_are_read_at_their_copies()
    {
        var record = Launch.Record("winlogbeat");
        var data = Launch.Data(record);
        data.Remove("Hashes");
        data.Remove("User");
        Launch.Set(record, "process.hash.md5", "C7544986F4347555684B52FEF40DE584");
        record["user"] = new JsonObject { ["name"] = "mara.lind", ["domain"] = "CORP", ["id"] = "S-1-5-18" };

        var read = Launch.AssertRead(record.ToJsonString());

        Assert.NotNull(read.Child.Hashes?.Md5);
        Assert.Null(read.User?.Sid);
    }

    [Fact]
    public void The_computer_that_a_pipeline_moved_is_read_unless_the_event_was_forwarded()
    {
        var record = Launch.Record("winlogbeat");
        record["winlog"]!.AsObject().Remove("computer_name");
        record["host"] = new JsonObject { ["name"] = "ws-0417.corp.example" };
        Launch.AssertRead(record.ToJsonString());

        record["tags"] = new JsonArray("forwarded");
        Assert.Contains("host name", Reading.Unreadable(record.ToJsonString()).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process.executable", "Image")]
    [InlineData("process.executable", "NewProcessName")]
    [InlineData("process.command_line", "CommandLine")]
    [InlineData("process.parent.executable", "ParentImage")]
    [InlineData("process.parent.executable", "event_data.ParentProcessName")]
    public void Elastics_field_that_is_missing_is_read_under_the_name_that_windows_gives(string copy, string original)
    {
        var record = Launch.Record("ecs");
        var parts = copy.Split('.');
        JsonNode holder = record;
        foreach (var part in parts[..^1]) holder = holder[part]!;
        Assert.True(Launch.Move(holder.AsObject(), parts[^1], record, original));

        var read = Launch.AssertRead(record.ToJsonString());

        Assert.NotNull(read.Child.Path);
        Assert.NotNull(read.Parent?.Path);
    }

    [Fact]
    public void A_path_that_only_the_original_text_has_is_read_there_and_not_guessed_from_the_command_line()
    {
        var record = Launch.Record("flat-windows.security-event");
        var original = record.ToJsonString();
        record.Remove("NewProcessName");
        record.Remove("Process");
        Launch.Set(record, "event.original", original);

        var read = Launch.AssertRead(record.ToJsonString());

        Assert.Equal(EventNotes.None, read.Notes);
    }

    private static void AssertLosesNothing(string sender, JsonObject record)
    {
        var whole = Reading.Event(GoldenLaunch.Messages[sender]);
        var read = Launch.AssertRead(record.ToJsonString(), whole.Format);
        Assert.Equal(string.Join(' ', whole.Missing), string.Join(' ', read.Missing));
        Assert.Equal(EventNotes.None, read.Notes);
    }
}
