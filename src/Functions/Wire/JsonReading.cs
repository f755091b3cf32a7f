using System.Text.Json;

namespace Changeling.Functions.Wire;

/// <summary>Steps of reading an object property by property that say in words what was expected.</summary>
internal static class JsonReading
{
    /// <summary>Reads the next token and insists on its kind.</summary>
    public static void ReadStartOf(this ref Utf8JsonReader reader, JsonTokenType expected, string what)
    {
        if (!reader.Read() || reader.TokenType != expected)
        {
            throw new BadInvocationException($"{what} must be a JSON {(expected == JsonTokenType.String ? "string" : "object")}.");
        }
    }

    /// <summary>Moves to the next property of the current object, or past the object's end.</summary>
    public static bool ReadProperty(this ref Utf8JsonReader reader, out string? name)
    {
        reader.Read();
        name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
        return name is not null;
    }

    /// <summary>Passes over the value of the current property.</summary>
    public static void SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
