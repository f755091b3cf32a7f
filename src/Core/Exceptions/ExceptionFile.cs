using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Catalogues;

namespace Changeling.Exceptions;

/// <summary>An exception as a file, <c>{id}.json</c>.</summary>
public static partial class ExceptionFile
{
    /// <summary>Maximum length of a condition's value, UTF-16 units.</summary>
    public const int MaxUnits = 512;

    /// <summary>Maximum length of a name, UTF-16 units.</summary>
    public const int MaxName = 128;

    /// <summary>Maximum number of values of a condition.</summary>
    public const int MaxValues = 100;

    /// <summary>Maximum number of conditions of an item.</summary>
    public const int MaxConditions = 20;

    private const string Extension = ".json";

    /// <summary>Reads and checks a file.</summary>
    /// <param name="file">Its name, for the message.</param>
    /// <param name="json">UTF-8 JSON, an object.</param>
    /// <exception cref="InvalidDataException">It is not a valid item; the message names file and field.</exception>
    public static ExceptionItem Read(string file, ReadOnlySpan<byte> json)
    {
        if (StrictJson.Problem(json) is { } fault) throw new InvalidDataException($"exception file {file}: {fault}");
        try
        {
            var item = JsonSerializer.Deserialize(json, ExceptionJsonContext.Default.ExceptionItem)
                ?? throw new InvalidDataException($"exception file {file}: must hold one JSON object");
            return Problem(item) is { } problem ? throw new InvalidDataException($"exception file {file}: {problem}") : item;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"exception file {file}: {JsonFault.Say(exception)}", exception);
        }
    }

    /// <summary>Reads a file of the store, whose name must be the item's id, so that ids are unique.</summary>
    /// <exception cref="InvalidDataException">It is not a valid item, or has another id.</exception>
    public static ExceptionItem ReadStored(string file, ReadOnlySpan<byte> json)
    {
        var item = Read(file, json);
        return NameOf(item.Id) == file
            ? item
            : throw new InvalidDataException($"exception file {file}: id is '{item.Id}', so the file must be called {NameOf(item.Id)}");
    }

    /// <summary>The name of an item's file.</summary>
    public static string NameOf(string id) => id + Extension;

    /// <summary>The file of an item, UTF-8 JSON.</summary>
    public static byte[] Write(ExceptionItem item) => JsonSerializer.SerializeToUtf8Bytes(item, ExceptionJsonContext.Default.ExceptionItem);

    /// <summary>What is wrong with one value; <see langword="null"/> for nothing.</summary>
    internal static string? ProblemOf(string? value, ExceptionMatch type) => value switch
    {
        null or "" => "has an empty value",
        { Length: > MaxUnits } => $"has a value of {value.Length} characters; at most {MaxUnits} are taken",
        _ when type == ExceptionMatch.Wildcard && WildcardPattern.FitsAnything(value) => $"has '{value}', which fits everything",
        _ => null,
    };

    private static string? Problem(ExceptionItem item)
    {
        if (!Id().IsMatch(item.Id)) return $"id is '{item.Id}', must be 1 to 64 characters of a-z, 0-9 and '-'";
        if (NameOf(item.Id) == HostGroups.FileName) return $"id is '{item.Id}', which names the file of host groups";
        if (Blank(item.Name, MaxName)) return $"name must have 1 to {MaxName} characters";
        if (Blank(item.Owner, 128)) return "owner must have 1 to 128 characters: say who answers for it";
        if (Blank(item.Reason, 1024)) return "reason must have 1 to 1024 characters: say why it is trusted";
        if (item.Expires <= item.Created) return $"expires is {item.Expires:O}, not after created, {item.Created:O}";
        if (item.Rules is { Count: 0 }) return "rules is empty: leave it out for all rules";
        if (item.Rules?.FirstOrDefault(rule => !Id().IsMatch(rule)) is { } bad) return $"rules has '{bad}', which is no rule's id";
        if (item.Conditions.Count is 0 or > MaxConditions) return $"conditions must hold 1 to {MaxConditions}";
        return item.Conditions.Select((c, i) => Problem(c) is { } problem ? $"conditions[{i}] ({c?.Field}) {problem}" : null)
            .FirstOrDefault(p => p is not null);
    }

    private static string? Problem(ExceptionCondition? condition) => condition switch
    {
        null => "is null",
        _ when !ExceptionFields.Names.Contains(condition.Field, StringComparer.Ordinal) =>
            $"has an unknown field; take one of {string.Join(", ", ExceptionFields.Names)}",
        { Field: ExceptionFields.HostGroup, Type: not ExceptionMatch.Exact } => "must be of type exact",
        _ when !Enum.IsDefined(condition.Type) => "has an unknown type",
        { Values.Count: 0 or > MaxValues } => $"must have 1 to {MaxValues} values",
        _ => condition.Values.Select(value => ProblemOf(value, condition.Type)).FirstOrDefault(problem => problem is not null),
    };

    private static bool Blank(string text, int most) => string.IsNullOrWhiteSpace(text) || text.Length > most;

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex Id();
}
