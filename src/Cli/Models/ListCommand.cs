using System.CommandLine;
using System.Globalization;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.Models;

/// <summary><c>changeling models list</c>: the published packages, and which one is current.</summary>
internal static class ListCommand
{
    /// <summary>The figure of the cross-validation that the table shows first.</summary>
    private const string RocAuc = "recordedTuples.rocAuc";

    public static Command Create(CliConsole console, StorageAccount account) =>
        new Command("list", "Show the published packages: version, hash, threshold, figures, and which one is current.")
            .With(account, (_, store, cancellation) => ShowAsync(console, store, cancellation));

    private static async Task ShowAsync(CliConsole console, ModelStore store, CancellationToken cancellationToken)
    {
        var (models, pointer) = await store.ListAsync(cancellationToken);
        if (models.Count == 0) throw new CliException("no package is published yet; the first app that starts uploads the shipped one.");

        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("version", "", "SHA-256", "schema", "threshold", "figures of its cross-validation");
        foreach (var model in models)
        {
            var manifest = model.Manifest;
            table.AddRow(
                new Text(Printable.Of(model.Pointer.Version)),
                new Text(model.Use),
                new Text(model.Pointer.Sha256),
                new Text(manifest?.FeatureSchemaVersion.ToString(CultureInfo.InvariantCulture) ?? "?"),
                new Text(manifest?.Threshold.ToString("0.000", CultureInfo.InvariantCulture) ?? "?"),
                new Text(Printable.Of(model.Problem ?? Figures(manifest!.Metrics))));
        }

        console.Out.Write(table);
        if (Warning(models, pointer) is { } warning) console.Out.MarkupLineInterpolated($"[red]{Printable.Of(warning)}[/]");
    }

    private static string Figures(IReadOnlyDictionary<string, double> metrics) => string.Join(", ", metrics
        .OrderByDescending(m => m.Key == RocAuc).ThenBy(m => m.Key, StringComparer.Ordinal)
        .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:0.000}")));

    /// <summary>The error in the pointer, if there is one.</summary>
    private static string? Warning(IReadOnlyList<PublishedModel> models, PointerReading reading) => reading switch
    {
        { State: PointerState.Missing } => "no model is current: choose one with 'changeling models activate'",
        { State: PointerState.Damaged } =>
            $"the pointer is damaged, and apps keep the model that they have: {reading.Problem} Choose a model with 'changeling models activate'",
        { Pointer: { } pointer } when models.All(m => m.Pointer.Package != pointer.Package) =>
            $"the pointer names {pointer.Package}, which does not exist: apps keep the model that they have",
        { Pointer: { } pointer } when models.First(m => m.Pointer.Package == pointer.Package) is { Problem: { } problem } =>
            $"the current package is refused by apps of this build, which keep the model that they have: {problem}",
        _ => null,
    };
}
