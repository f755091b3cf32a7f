using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Changeling.Backtest.Checkpoints;
using Changeling.Features;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Backtest;

/// <summary>What a checkpoint depends on, by name: a run with any other value does not continue from it.</summary>
public static class RunInputs
{
    /// <summary>The inputs of a run.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<NamedInput> Of(BacktestOptions options, ModelIdentity model, Prior prior, RuleSet rules) =>
    [
        new(
            "the program",
            typeof(RunInputs).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
        new("the model", $"{model.Version} ({model.Sha256})"),
        new("the prior", options.Prior is null ? prior.Version : $"{prior.Version} ({DigestOf(options.Prior)})"),
        new("the set of rules", Digest(rules)),
        new("--rules", Digests(options.Rules)),
        new("--exceptions", Digests(options.Exceptions)),
        new("--truth", options.Truth is null ? "none" : $"{options.Truth} ({DigestOf(options.Truth)})"),
        new("--emit-after", options.EmitAfter.TotalHours.ToString(CultureInfo.InvariantCulture)),
        new("--days", options.Days?.ToString(CultureInfo.InvariantCulture) ?? "all"),
        new("--alerts", options.Alerts.ToString().ToLowerInvariant()),
        new("--incident-threshold", rules.Thresholds.Incident?.ToString(CultureInfo.InvariantCulture) ?? "by the number of hosts"),
        new("--partitions", options.Partitions.ToString(CultureInfo.InvariantCulture)),
        new("--output", options.Output ?? "none"),
        .. options.Files.Select(
            (file, i) =>
                new NamedInput(Ordinal(i), string.Create(CultureInfo.InvariantCulture, $"{file.Name} of {file.Length} bytes"))),
        new("the number of files", options.Files.Count.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string Ordinal(int index) => string.Create(CultureInfo.InvariantCulture, $"file {index + 1}");

    private static string Digest(RuleSet rules) => Hex(Encoding.UTF8.GetBytes(string.Join('\n', rules.Definitions.Select(r =>
        string.Create(CultureInfo.InvariantCulture, $"{r.Id} {r.Version} {r.Enabled} {r.MostPerHour} {r.Condition} {r.Cluster}")))));

    private static string Digests(IReadOnlyList<string> files) => files.Count == 0
        ? "none"
        : string.Join(", ", files.Select(file => $"{file} ({DigestOf(file)})"));

    private static string DigestOf(string file) => Hex(File.ReadAllBytes(file));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
