using System.Globalization;
using System.Text;

namespace Changeling.Storage;

/// <summary>
/// Converts any text into one segment of a blob name, reversibly: every character that is not <c>A–Z a–z 0–9 _ -</c> or an inner dot
/// becomes <c>~hhhh</c>.
/// </summary>
internal static class BlobNames
{
    public static string Segment(string text)
    {
        var segment = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var plain = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-' || (text[i] == '.' && i > 0 && i < text.Length - 1);
            if (plain) segment.Append(text[i]);
            else segment.Append(CultureInfo.InvariantCulture, $"~{(int)text[i]:x4}");
        }

        return segment.ToString();
    }
}
