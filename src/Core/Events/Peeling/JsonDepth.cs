using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>How deeply JSON is nested, measured without recursion and without the wording of an exception.</summary>
internal static class JsonDepth
{
    /// <summary>Whether more than <paramref name="limit"/> objects and arrays are open at once, before the first fault of syntax.</summary>
    public static bool Exceeds(ReadOnlySpan<byte> json, int limit)
    {
        if (json.Count((byte)'{') + json.Count((byte)'[') <= limit) return false;

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= limit) return true;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }
}
