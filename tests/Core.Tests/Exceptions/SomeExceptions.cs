using System.Text;
using Changeling.Exceptions;

namespace Changeling.Core.Tests.Exceptions;

/// <summary>Items in which a test spells out only what matters to it.</summary>
internal static class SomeExceptions
{
    public static readonly HostGroups Groups =
        HostGroups.Read("""{ "pki-servers": ["CA01", "pki-*"], "laptops": ["lt-*.corp.example"] }"""u8);

    public static readonly DateTimeOffset Created = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static ExceptionItem Item(string id, params ExceptionCondition[] conditions) => new()
    {
        Id = id,
        Name = $"Name of {id}",
        Owner = "pki team",
        Reason = "a test",
        Created = Created,
        Conditions = conditions,
    };

    public static ExceptionCondition Exact(string field, params string[] values) => new(field, ExceptionMatch.Exact, values);

    public static ExceptionCondition Prefix(string field, params string[] values) => new(field, ExceptionMatch.Prefix, values);

    public static ExceptionItem Read(string json, string file = "exc-1.json") => ExceptionFile.Read(file, Encoding.UTF8.GetBytes(json));
}
