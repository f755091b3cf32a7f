using Changeling.Events;
using Changeling.Features;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Features;

/// <summary>Which fields a source lacks is never an input of the model: an absent field reads as the unremarkable one.</summary>
public class AbsentFieldTests
{
    private static readonly ProcessEvent Whole = Some.ProcessEvent() with
    {
        User = new("mara.lind", "CORP", "S-1-5-21-1-2-3-1108"),
        Child = new ChildProcess
        {
            Name = "notepad.exe",
            Path = @"C:\Windows\System32\notepad.exe",
            CommandLine = @"""C:\Windows\System32\notepad.exe""",
            OriginalFileName = "NOTEPAD.EXE",
            Integrity = IntegrityLevel.Medium,
            Elevation = TokenElevation.Default,
        },
        Parent = new ParentProcess { Name = "explorer.exe", Path = @"C:\Windows\explorer.exe", CommandLine = "explorer" },
    };

    public static TheoryData<string> Fields => [.. Absent.Keys];

    private static readonly Dictionary<string, Func<ProcessEvent, ProcessEvent>> Absent = new()
    {
        ["user"] = e => e with { User = null },
        ["user.sid"] = e => e with { User = e.User! with { Sid = null } },
        ["path"] = e => e with { Child = e.Child with { Path = null } },
        ["command_line"] = e => e with { Child = e.Child with { CommandLine = null } },
        ["original_file_name"] = e => e with { Child = e.Child with { OriginalFileName = null } },
        ["integrity"] = e => e with { Child = e.Child with { Integrity = null } },
        ["elevation"] = e => e with { Child = e.Child with { Elevation = null } },
        ["hashes"] = e => e with { Child = e.Child with { Hashes = null, Signature = null, Guid = null, Pid = null } },
        ["parent"] = e => e with { Parent = null },
        ["parent.path"] = e => e with { Parent = e.Parent! with { Path = null } },
        ["parent.command_line"] = e => e with { Parent = e.Parent! with { CommandLine = null } },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void An_absent_field_reads_as_the_unremarkable_one(string field) =>
        AssertAlike(Whole, Absent[field](Whole));

    [Fact]
    public void An_event_of_nothing_but_names_reads_as_the_whole_one()
    {
        var bare = Absent.Values.Where(a => a != Absent["user.sid"] && a != Absent["parent.path"] && a != Absent["parent.command_line"])
            .Aggregate(Whole, (e, drop) => drop(e));

        AssertAlike(Whole, bare);
    }

    [Fact]
    public void A_service_account_without_integrity_reads_as_the_level_that_it_has()
    {
        var service = Whole with { User = new("SYSTEM", "NT AUTHORITY"), Child = Whole.Child with { Integrity = IntegrityLevel.System } };

        AssertAlike(service, service with { Child = service.Child with { Integrity = null } });
    }

    [Fact]
    public void Host_user_name_time_and_format_are_no_features()
    {
        var elsewhere = Whole with
        {
            Host = new("other"),
            User = new("someone", "ELSE"),
            Time = Whole.Time.AddYears(1),
            Format = SourceFormats.Ecs,
            SourceIdentity = null,
        };

        AssertAlike(Whole, elsewhere);
    }

    private static void AssertAlike(ProcessEvent expected, ProcessEvent actual)
    {
        Assert.Equal(FeatureExtractor.Extract(expected).Values, FeatureExtractor.Extract(actual).Values);
        Assert.Equal(FeatureExtractor.Extract(expected).Grams, FeatureExtractor.Extract(actual).Grams);
    }
}
