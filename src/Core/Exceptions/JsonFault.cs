using System.Text.Json;

namespace Changeling.Exceptions;

/// <summary>Describes the error in an invalid file by names from the file, not by those of the program.</summary>
internal static class JsonFault
{
    /// <summary>The part of a sentence that follows the file's name.</summary>
    public static string Say(JsonException exception)
    {
        var names = exception.Message.Split('\'').Where((_, i) => i % 2 == 1).Where(name => !name.Contains('.')).ToList();
        if (exception.Message.Contains("missing required", StringComparison.Ordinal)) return $"lacks {string.Join(", ", names)}";
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal) && names is [var unknown, ..])
            return $"has an unknown field {unknown}";
        var place = exception.Path?.TrimStart('$', '.');
        return string.IsNullOrEmpty(place)
            ? $"is no JSON object of the kind (line {exception.LineNumber + 1})"
            : $"{place} has a value that cannot stand there{(place.EndsWith(".type", StringComparison.Ordinal) ? ": take exact, prefix or wildcard" : "")} (line {exception.LineNumber + 1})";
    }
}
