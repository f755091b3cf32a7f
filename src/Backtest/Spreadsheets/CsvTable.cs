using System.Text;
using nietras.SeparatedValues;

namespace Changeling.Backtest.Spreadsheets;

/// <summary>A table in CSV for spreadsheets: UTF-8 with a byte order mark, so that all of them recognise the encoding.</summary>
/// <typeparam name="T">What a row is about.</typeparam>
/// <param name="columns">Name and value of each column. Texts of events are guarded; see <see cref="Cell"/>.</param>
public sealed class CsvTable<T>(params (string Name, Func<T, string?> Value)[] columns)
{
    /// <summary>Writes the header and a row for each item.</summary>
    public void Write(IEnumerable<T> items, Stream file)
    {
        using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        using var writer = Sep.New(',').Writer(options => options with { Escape = true }).To(text);
        writer.Header.Add([.. columns.Select(c => c.Name)]);
        writer.Header.Write();
        foreach (var item in items)
        {
            using var row = writer.NewRow();
            foreach (var (name, value) in columns) row[name].Set(Cell.Of(value(item)));
        }
    }
}
