using System.Text.Json;

namespace Changeling.Events.Json;

/// <summary>One value of JSON, with its name if it is a property. The rows of its elements or properties follow it.</summary>
internal struct JsonRow
{
    /// <summary>Where the name stands between its quotes.</summary>
    public int NameStart;

    /// <summary>Number of bytes of the name as written; 0 without one.</summary>
    public int NameLength;

    /// <summary>Where the value stands; of a text, between its quotes. Of another document's value, its number among those.</summary>
    public int Start;

    /// <summary>Number of bytes of the value as written.</summary>
    public int Length;

    /// <summary>The row behind the value and all that is in it.</summary>
    public int Next;

    /// <summary>What the value is.</summary>
    public Kinds Kind;

    /// <summary>What is to be considered when it is read.</summary>
    public Marks Mark;

    /// <summary>The kinds of <see cref="JsonValueKind"/>, as one byte.</summary>
    public enum Kinds : byte
    {
        /// <summary>The row stands for a value of another document.</summary>
        Elsewhere = JsonValueKind.Undefined,

        /// <summary>An object.</summary>
        Object = JsonValueKind.Object,

        /// <summary>An array.</summary>
        Array = JsonValueKind.Array,

        /// <summary>A text.</summary>
        Text = JsonValueKind.String,

        /// <summary>A number.</summary>
        Number = JsonValueKind.Number,

        /// <summary><c>true</c>.</summary>
        True = JsonValueKind.True,

        /// <summary><c>false</c>.</summary>
        False = JsonValueKind.False,

        /// <summary><c>null</c>.</summary>
        Null = JsonValueKind.Null,
    }

    /// <summary>Marks of a row.</summary>
    [Flags]
    public enum Marks : byte
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>The name has escapes.</summary>
        NameIsEscaped = 1,

        /// <summary>The text has escapes.</summary>
        TextIsEscaped = 2,
    }
}
