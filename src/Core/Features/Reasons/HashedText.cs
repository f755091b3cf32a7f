namespace Changeling.Features;

/// <summary>A text of an event that was hashed into a feature or a gram. Its name is only made when it is asked for.</summary>
/// <param name="Kind">What kind of text it is: <c>command_line.word</c>, <c>lineage.name</c>, …</param>
/// <param name="First">The text, or its first word.</param>
/// <param name="Second">The word that follows; empty without one.</param>
internal readonly record struct HashedText(string Kind, string First, string Second = "")
{
    public const string Word = "command_line.word";
    public const string Trigram = "command_line.trigram";
    public const string LineageName = "lineage.name";
    public const string ParentWord = "parent.word";
    public const string ChildName = "child.name";
    public const string ChildWord = "child.word";

    /// <summary>The text in one piece.</summary>
    public string Text => Second.Length == 0 ? First : $"{First} {Second}";

    /// <summary>What a feature or a gram of this text is called.</summary>
    public string Name => $"{Kind}:{Text}";
}
