using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Operations;

public sealed class BaselineFileTests
{
    private static readonly Watermark Watermark = new(new Position(2, 4711, 3), Some.Time.AddTicks(7), Some.Time.AddDays(-3))
    {
        PreviousEpoch = new EpochEnd(new Position(1, 99, 5), Some.Time.AddDays(-1).AddTicks(3)),
        Surprises = new string('A', 3),
        Hosts = new string('B', 3),
    };

    private static readonly (string Parent, CountRow Row)[] Rows =
    [
        (
            "a b\u2028.exe",
            new CountRow(
                "\ud800.exe",
                new LaunchCount(long.MaxValue),
                20_000,
                Some.Time.AddTicks(1),
                Some.Time.AddTicks(9)) { Hosts = DayHosts.None.Take("ws-1", 3).After }),
        ("utf16:x", new CountRow(null, new LaunchCount(0), -1, Some.Time, Some.Time)),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_exported_comes_back_to_the_last_tick_and_unit()
    {
        var reader = new BaselineFileReader(() => new MemoryStream(File()));

        var content = await reader.CheckAsync(Cancellation);

        Assert.Equal(("acct", "default"), (content.Account, content.Baseline));
        Assert.Equal(
            [
                new ExportedPartition(new EventPartition("hub", "0"), Watermark, 0, true),
                new(new EventPartition("hub", "1"), Watermark, 2, false),
            ],
            content.Partitions);
        Assert.Equal(Rows, await reader.RowsAsync(1, Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await reader.RowsAsync(0, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_file_cut_after_any_line_or_in_it_is_refused()
    {
        var file = File();
        var cuts = Enumerable.Range(0, file.Length - 1).Where(i => i % 7 == 0 || file[i] == (byte)'\n');

        foreach (var cut in cuts)
            await Assert.ThrowsAsync<InvalidDataException>(
                () => new BaselineFileReader(() => new MemoryStream(file, 0, cut)).CheckAsync(Cancellation));
    }

    [Theory]
    [InlineData("mara.lind", false, "C:\\Users\\mara.lind\\x.exe", true)]
    [InlineData("mara.lind", false, "MARA.LIND", true)]
    [InlineData("mara.lind", false, "mara.lindgren", false)]
    [InlineData("mara", false, "mara.lind", false)]
    [InlineData("mara", false, "started by mara.", true)]
    [InlineData("web-0201", true, "on web-0201.corp.example", true)]
    [InlineData("web-02", true, "web-0201", false)]
    [InlineData("web-02", true, "sysmon-1|web-02|{8d}", true)]
    [InlineData("02", true, "web-02", false)]
    public void A_name_is_found_whole_and_never_inside_another(string name, bool isHost, string text, bool isIn) =>
        Assert.Equal(isIn, new NamedIn(name, isHost).In(text));

    [Fact]
    public void A_user_with_domain_is_found_in_two_properties()
    {
        var body = "{\"process\":{\"user\":{\"name\":\"mara\",\"domain\":\"CORP\"}}}"u8.ToArray();

        Assert.True(new NamedIn("corp\\mara", isHost: false).In(body));
        Assert.False(new NamedIn("lab\\mara", isHost: false).In(body));
        Assert.True(new NamedIn("mara", isHost: false).In(Encoding.UTF8.GetBytes("{\"a\":[\"\\ud800 mara\"]}")));
    }

    private static byte[] File() =>
    [
        .. BaselineFile.Header("acct", "default", Some.Time),
        .. BaselineFile.Begin(new EventPartition("hub", "0"), Watermark),
        .. BaselineFile.End(0, hasMoved: true),
        .. BaselineFile.Begin(new EventPartition("hub", "1"), Watermark),
        .. Rows.SelectMany(r => BaselineFile.Row(r.Parent, r.Row)),
        .. BaselineFile.End(2, hasMoved: false),
        .. BaselineFile.EndOfFile(2),
    ];
}
