using System.Text.Json;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Findings;

/// <summary>
/// The evidence besides prediction and rarity: masquerade, blocklist, LOLBin, where the child was seen; and the result of exceptions.
/// </summary>
internal static class SignsJson
{
    public static void Write(Utf8JsonWriter json, Evidence evidence, FindingLimits limits)
    {
        if (evidence.Masquerade != Masquerade.None) WriteMasquerade(json, evidence.Masquerade, limits);
        WriteBlocklist(json, evidence.Blocklist);
        if (evidence.LolBin is { } technique)
        {
            json.WriteStartObject("lolbin");
            json.WriteString("tactic", technique.Tactic);
            json.WriteString("technique", technique.Technique);
            json.WriteEndObject();
        }

        if (evidence.Hosts is { } hosts) WriteOccurrence(json, "hosts", hosts, limits);
        if (evidence.Users is { } users) WriteOccurrence(json, "users", users, limits);
    }

    private static void WriteMasquerade(Utf8JsonWriter json, Masquerade masquerade, FindingLimits limits)
    {
        json.WriteStartObject("masquerade");
        if (masquerade.OriginalFileName is { } original) json.WriteString("original_file_name", Cut(original, limits.Text));
        json.WriteBoolean("mismatch", masquerade.IsRenamed);
        json.WriteBoolean("misplaced", masquerade.IsMisplaced);
        json.WriteEndObject();
    }

    private static void WriteBlocklist(Utf8JsonWriter json, BlocklistPattern? pattern)
    {
        json.WriteStartObject("blocklist");
        json.WriteBoolean("matched", pattern is not null);
        if (pattern is not null)
        {
            json.WriteString("id", pattern.Id);
            json.WriteString("says", pattern.Description);
            json.WriteString("version", Blocklist.Shipped.Version);
        }

        json.WriteEndObject();
    }

    /// <summary>The result of the exceptions for a detection, also for one about a cluster.</summary>
    internal static void WriteExceptions(Utf8JsonWriter json, ExceptionEvidence exceptions, int most)
    {
        json.WriteStartObject("exceptions");
        json.WriteNumber("consulted", exceptions.Consulted);
        json.WriteStartArray("near");
        foreach (var near in exceptions.Near.Take(most))
        {
            json.WriteStartObject();
            WriteNamed(json, near.Item);
            json.WriteStartArray("differs_in");
            json.WriteStringValue(near.DiffersIn);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (exceptions.Matched is { } matched)
        {
            json.WriteStartObject("matched");
            WriteNamed(json, matched);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("matched");
        }

        json.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter json, ExceptionItem item)
    {
        json.WriteString("id", item.Id);
        json.WriteString("name", item.Name);
    }

    private static void WriteOccurrence(Utf8JsonWriter json, string property, FleetOccurrence occurrence, FindingLimits limits)
    {
        json.WriteStartObject(property);
        json.WriteString("name", Cut(occurrence.Name, limits.Text));
        json.WriteNumber("others", occurrence.Count);
        json.WriteBoolean("new", occurrence.IsNew);
        json.WriteEndObject();
    }
}
