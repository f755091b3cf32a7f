using System.Buffers;
using System.Text.Json;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.Findings;

/// <summary>Writes one JSON object on an event under the widest limits that keep it at or below 60 KB.</summary>
internal static class FittedJson
{
    /// <summary>Writes a part of a finding; the same arguments give the same bytes.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="limits">How much of each text and list to write.</param>
    /// <param name="truncation">What these limits leave out; <see langword="null"/> for nothing.</param>
    public delegate void WriteObject(Utf8JsonWriter json, FindingLimits limits, Truncation? truncation);

    /// <exception cref="InvalidOperationException">
    /// The object is larger than 60 KB even under the smallest limits, so it is not sent.
    /// </exception>
    public static byte[] Write(ProcessEvent e, WriteObject write)
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        var normal = FindingLimits.Tightening[0];
        WriteOnce(buffer, write, normal, null);
        var whole = buffer.WrittenCount + Truncation.BytesLeftOut(e, normal);
        if (whole == buffer.WrittenCount && whole <= StoredDetection.MaxBytes) return buffer.WrittenSpan.ToArray();

        var everything = Truncation.Of(e, whole);
        foreach (var limits in FindingLimits.Tightening)
        {
            WriteOnce(buffer, write, limits, everything.Under(e, limits));
            if (buffer.WrittenCount <= StoredDetection.MaxBytes) return buffer.WrittenSpan.ToArray();
        }

        throw new InvalidOperationException($"a detection of {buffer.WrittenCount} bytes cannot be cut to {StoredDetection.MaxBytes}");
    }

    private static void WriteOnce(ArrayBufferWriter<byte> buffer, WriteObject write, FindingLimits limits, Truncation? truncation)
    {
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer);
        write(json, limits, truncation);
    }
}
