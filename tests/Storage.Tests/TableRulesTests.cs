using Azure.Data.Tables;

namespace Changeling.Storage.Tests;

/// <summary>The strict client refuses what docs/testing.md lists as differences between Azurite and the service.</summary>
public class TableRulesTests
{
    public static TheoryData<string, TableEntity[]> Refused => new()
    {
        { "CommandsInBatchActOnDifferentPartitions", [Row("a"), new TableEntity("other", "b")] },
        { "InvalidDuplicateRow", [Row("a"), Row("a")] },
        { "InvalidInput", [.. Enumerable.Range(0, 101).Select(i => Row($"r{i}"))] },
        { "RequestBodyTooLarge",
            [.. Enumerable.Range(0, 60).Select(i => Row($"r{i}", ("Body", BinaryData.FromBytes(new byte[60 * 1024]))))] },
        { "PropertyValueTooLarge", [Row("a", ("Body", BinaryData.FromBytes(new byte[65 * 1024])))] },
        { "PropertyValueTooLarge", [Row("a", ("Text", new string('x', 33 * 1024)))] },
        { "TooManyProperties", [Row("a", [.. Enumerable.Range(0, 253).Select(i => ($"P{i}", (object)i))])] },
        { "PropertyNameTooLong", [Row("a", (new string('p', 256), 1))] },
        { "OutOfRangeInput", [Row("a", ("Time", DateTimeOffset.MinValue))] },
        { "KeyValueTooLarge or OutOfRangeInput", [Row(new string('k', 513))] },
        { "KeyValueTooLarge or OutOfRangeInput", [Row("a/b")] },
        { "KeyValueTooLarge or OutOfRangeInput", [Row("a\\b")] },
        { "KeyValueTooLarge or OutOfRangeInput", [Row("a#b")] },
        { "KeyValueTooLarge or OutOfRangeInput", [Row("a?b")] },
        { "KeyValueTooLarge or OutOfRangeInput", [Row("a\u0085b")] },
        { "EntityTooLarge", [Row("a", [.. Enumerable.Range(0, 20).Select(i => ($"P{i}", (object)new string('x', 30 * 1024)))])] },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_the_service_refuses_is_refused(string code, TableEntity[] rows) =>
        Assert.Equal(
            code, TableRules.Refusal([.. rows.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r))]));

    [Fact]
    public void An_ordinary_transaction_is_not() =>
        Assert.Null(TableRules.Refusal([new TableTransactionAction(TableTransactionActionType.Add, Row("watermark", ("Epoch", 1)))]));

    private static TableEntity Row(string key, params (string Name, object Value)[] properties)
    {
        var entity = new TableEntity("partition", key);
        foreach (var (name, value) in properties) entity[name] = value;
        return entity;
    }
}
