using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Changeling.Cli.Detections;
using Changeling.Cli.Models;
using Changeling.Cli.RuleFiles;
using Changeling.Events;
using Changeling.Exceptions;

namespace Changeling.Cli.Exceptions;

/// <summary>The exception that a user adds: a file, or made from a finding that somebody has judged.</summary>
internal sealed class ItemOptions
{
    /// <summary>Ten years: an exception without an end is written as a file.</summary>
    private const int MaxDays = 3_650;

    private readonly CliConsole _console;
    private readonly FindingSource _source;
    private readonly Argument<string?> _file;

    private readonly Option<string?> _from = new("--from")
    {
        Description = "The id of a finding that somebody has judged, instead of a file: its parent, program and command line are trusted.",
        HelpName = "FINDING",
    };

    private readonly Option<string?> _id = new("--id")
    {
        Description = "With --from: the exception's id. Default: from- and the beginning of the finding's id.",
        HelpName = "ID",
    };

    private readonly Option<string?> _owner = new("--owner") { Description = "With --from: who answers for it.", HelpName = "WHO" };
    private readonly Option<string?> _reason = new("--reason") { Description = "With --from: why it is trusted.", HelpName = "TEXT" };

    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "With --from: when it ends, in days such as 90d or as a date such as 2027-03-01.",
        HelpName = "TIME",
    };

    private readonly Option<bool> _onHost = new("--on-host") { Description = "With --from: only on the host of the finding." };
    private readonly Option<bool> _forUser = new("--for-user") { Description = "With --from: only for the account of the finding." };

    public ItemOptions(CliConsole console, StorageAccount account)
    {
        (_console, _source) = (console, new FindingSource(console, account));
        _file = new Argument<string?>("ITEM.json") { Description = "The exception.", Arity = ArgumentArity.ZeroOrOne }
            .AsOptionalPath(console);
    }

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in new Option[] { _from, _id, _owner, _reason, _expires, _onHost, _forUser }) command.Add(option);
        _source.AddTo(command);
    }

    /// <summary>The exception with the bytes of its file.</summary>
    /// <exception cref="CliException">It is not valid, or not enough is said about it.</exception>
    public async Task<(ExceptionItem Item, byte[] Content)> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        switch (parsed.GetValue(_file), parsed.GetValue(_from))
        {
            case ({ } file, null):
                return await ItemFile.ReadAsync(file, _console, cancellationToken);
            case (null, { } id):
                var item = ItemOf(parsed, id, await _source.FindAsync(parsed, id, cancellationToken));
                var content = ExceptionFile.Write(item);
                return (UserFiles.Checked(() => ExceptionFile.Read($"from {id}", content)), content);
            case (null, null):
                throw new CliException("no exception is named; pass ITEM.json, or --from with the id of a finding.");
            default:
                throw new CliException("ITEM.json and --from are both exceptions; pass one of them.");
        }
    }

    private ExceptionItem ItemOf(ParseResult parsed, string id, JsonElement finding)
    {
        var launch = FindingLaunch.Of(finding) ?? throw new CliException($"finding {id} has no launch that can be read.");
        if (launch.Child.CommandLine is null || launch.Parent is null)
        {
            throw new CliException(
                $"finding {id} has no {(launch.Parent is null ? "parent" : "command line")}, so an exception from it would be too wide; write ITEM.json.");
        }

        var rules = FindingView.TryRead(finding)!.Rules.Select(r => r.Id);
        var now = TimeProvider.System.GetUtcNow();
        return new ExceptionItem
        {
            Id = parsed.GetValue(_id) ?? $"from-{id.Split('-')[0].ToLowerInvariant()}",
            Name = Shortened($"{launch.Parent.Name} starts {launch.Child.Name}"),
            Owner = Required(parsed, _owner, "who answers for it"),
            Reason = Required(parsed, _reason, "why it is trusted"),
            Rules = [.. rules.Append(ExceptionItem.Incidents).Distinct(StringComparer.Ordinal)],
            Conditions = [.. Conditions(parsed, launch)],
            Created = now,
            Expires = EndOf(Required(parsed, _expires, "when it ends"), now),
        };
    }

    private IEnumerable<ExceptionCondition> Conditions(ParseResult parsed, ProcessEvent launch)
    {
        yield return Exact(ExceptionFields.Parent, launch.Parent!.Name);
        yield return Exact(ExceptionFields.Child, launch.Child.Name);
        yield return launch.Child.CommandLine is { Length: > ExceptionFile.MaxUnits } tooLong
            ? new(ExceptionFields.CommandLine, ExceptionMatch.Prefix, [tooLong[..ExceptionFile.MaxUnits]])
            : Exact(ExceptionFields.CommandLine, launch.Child.CommandLine!);
        if (parsed.GetValue(_onHost)) yield return Exact(ExceptionFields.Host, launch.Host.Name);
        if (parsed.GetValue(_forUser))
        {
            yield return Exact(
                ExceptionFields.User, launch.User?.Name ?? throw new CliException("the finding names no account; leave --for-user out."));
        }
    }

    private static string Shortened(string name) => name.Length <= ExceptionFile.MaxName ? name : name[..ExceptionFile.MaxName];

    private static ExceptionCondition Exact(string field, string value) => new(field, ExceptionMatch.Exact, [value]);

    private static string Required(ParseResult parsed, Option<string?> option, string what) =>
        parsed.GetValue(option) ?? throw new CliException($"an exception from a finding needs {option.Name}: say {what}.");

    private static DateTimeOffset EndOf(string text, DateTimeOffset now)
    {
        var days = 0;
        var isDays = text is [.. var number, 'd'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out days);
        if (isDays && days is > 0 and <= MaxDays) return now.AddDays(days);
        return DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            && date > now && date <= now.AddDays(MaxDays)
            ? date
            : throw new CliException($"'{text}' is not a time to come within ten years; pass a number of days such as 90d, or a date such as 2027-03-01.");
    }
}
