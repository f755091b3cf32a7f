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
        WriteOnce(buffer, json => write(json, normal, null));
        var whole = buffer.WrittenCount + Truncation.BytesLeftOut(e, normal);
        if (whole == buffer.WrittenCount && whole <= StoredDetection.MaxBytes) return buffer.WrittenSpan.ToArray();

        var everything = Truncation.Of(e, whole);
        return Write(buffer, FindingLimits.Tightening, (json, limits, _) => write(json, limits, everything.Under(e, limits)));
    }

    /// <summary>Writes one JSON object under the first limits that keep it at or below 60 KB.</summary>
    /// <param name="tightening">The limits in the order in which they are tried, the first ones without any.</param>
    /// <param name="write">
    /// Writes the object under the limits. The number is its size in bytes without limits; <see langword="null"/> while nothing is left
    /// out.
    /// </param>
    /// <exception cref="InvalidOperationException">The object is larger even under the last limits.</exception>
    public static byte[] Write<T>(IReadOnlyList<T> tightening, Action<Utf8JsonWriter, T, long?> write) =>
        Write(new ArrayBufferWriter<byte>(16 * 1024), tightening, write);

    private static byte[] Write<T>(ArrayBufferWriter<byte> buffer, IReadOnlyList<T> tightening, Action<Utf8JsonWriter, T, long?> write)
    {
        long? whole = null;
        foreach (var limits in tightening)
        {
            WriteOnce(buffer, json => write(json, limits, whole));
            if (buffer.WrittenCount <= StoredDetection.MaxBytes) return buffer.WrittenSpan.ToArray();
            whole ??= buffer.WrittenCount;
        }

        throw new InvalidOperationException($"a detection of {buffer.WrittenCount} bytes cannot be cut to {StoredDetection.MaxBytes}");
    }

    private static void WriteOnce(ArrayBufferWriter<byte> buffer, Action<Utf8JsonWriter> write)
    {
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer);
        write(json);
    }
}
