using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Changeling.Benchmarking.Apps;

/// <summary>Counts what the emulator was asked for, by account.</summary>
internal sealed partial class RequestLog
{
    /// <summary>How long the emulator's lines may take to arrive.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, Requests> _byAccount = new(StringComparer.Ordinal);

    /// <summary>Takes a line of the emulator.</summary>
    public void Add(string line)
    {
        if (Request().Match(line) is not { Success: true } match) return;
        var isTable = TablePath().IsMatch(match.Groups["path"].ValueSpan);
        var isTransaction = match.Groups["path"].ValueSpan.StartsWith("$batch", StringComparison.Ordinal);
        _byAccount.AddOrUpdate(
            match.Groups["account"].Value,
            _ => default(Requests).Plus(isTable, isTransaction),
            (_, requests) => requests.Plus(isTable, isTransaction));
    }

    /// <summary>The requests of an account so far.</summary>
    public async Task<Requests> OfAsync(string connectionString, CancellationToken cancellationToken)
    {
        await Task.Delay(Delay, cancellationToken);
        return _byAccount.GetValueOrDefault(Account().Match(connectionString).Groups["name"].Value);
    }

    [GeneratedRegex("\"[A-Z]+ /(?<account>[^/ ]+)/(?<path>\\S*) HTTP/1\\.1\" ")]
    private static partial Regex Request();

    [GeneratedRegex(@"^(\$batch|lineage\b|Tables\b)")]
    private static partial Regex TablePath();

    [GeneratedRegex("AccountName=(?<name>[^;]+)")]
    private static partial Regex Account();
}

/// <summary>Numbers of requests.</summary>
/// <param name="Table">To the table service, transactions among them.</param>
/// <param name="Transactions">Entity-group transactions.</param>
/// <param name="Other">To the other services.</param>
internal readonly record struct Requests(int Table, int Transactions, int Other)
{
    public static Requests operator -(Requests a, Requests b) => new(a.Table - b.Table, a.Transactions - b.Transactions, a.Other - b.Other);

    public Requests Plus(bool isTable, bool isTransaction) =>
        new(Table + (isTable ? 1 : 0), Transactions + (isTransaction ? 1 : 0), Other + (isTable ? 0 : 1));
}
