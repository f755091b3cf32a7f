using System.CommandLine;
using Changeling.Evaluation.Scores;

namespace Changeling.Cli.Scores;

/// <summary>The order of the lines of <c>score</c>: as in the files, or by a column.</summary>
internal static class ScoreOrder
{
    private static readonly Dictionary<string, Func<IEnumerable<Score>, IEnumerable<Score>>> Orders = new(StringComparer.Ordinal)
    {
        ["probability"] = scores => scores.OrderByDescending(s => s.Probability ?? -1),
        ["rarity"] = scores => scores.OrderByDescending(s => s.Rarity ?? -1),
        ["time"] = scores => scores.OrderBy(s => s.Time ?? DateTimeOffset.MaxValue),
        ["host"] = scores => scores.OrderBy(s => s.Host is null).ThenBy(s => s.Host, StringComparer.Ordinal).ThenBy(s => s.Time),
    };

    /// <summary>The option.</summary>
    public static Option<string?> Option() => new("--sort")
    {
        Description =
            $"Sort by {string.Join(", ", Orders.Keys)}: highest probability or rarity first, earliest time first. All lines are held in memory.",
        HelpName = "COLUMN",
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            if (Orders.ContainsKey(name)) return name;
            var near = Spelling.Nearest(name, Orders.Keys);
            result.AddError(
                $"'{name}' is not a column to sort by{(near is null ? "" : $"; did you mean {near}?")}; pass one of {string.Join(", ", Orders.Keys)}");
            return null;
        },
    };

    /// <summary>Sorts; equal lines keep the order of the files.</summary>
    /// <param name="scores">The lines.</param>
    /// <param name="column">What the user passed; <see langword="null"/> for the order of the files.</param>
    public static IEnumerable<Score> Sorted(IEnumerable<Score> scores, string? column) => column is null ? scores : Orders[column](scores);
}
