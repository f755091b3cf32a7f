using System.Globalization;
using Changeling.Backtest.Recordings;

namespace Changeling.Cli.Backtest;

/// <summary>Says on standard error what was sorted and left out. The report does not: it is the same for every order.</summary>
internal static class OrderText
{
    public static void Show(CliConsole console, HistoryOrder order)
    {
        if (order.Moved > 0)
        {
            console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{order.Moved:N0} of {order.Messages:N0} records in {order.UnorderedFiles:N0} of {order.Files:N0} files were older than a record before them; all were sorted by event time"));
        }

        if (order.Outside > 0)
            console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{order.Outside:N0} records are older than the days of --days, and were not used"));
    }
}
