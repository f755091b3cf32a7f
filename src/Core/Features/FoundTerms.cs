using System.Buffers;

namespace Changeling.Features;

/// <summary>
/// What <see cref="BehaviourList"/>, <see cref="Telltale"/>, <see cref="RoutineUse"/> and <see cref="MarkSearch"/> find for one program and
/// its plain arguments. All parts of all terms are looked for in one pass over the arguments.
/// </summary>
/// <remarks>
/// The lists read the arguments behind different texts: nothing, the program's names, or parent and child. What lies in the arguments
/// counts for all of them; only around the seam is each text read on its own.
/// </remarks>
internal sealed class FoundTerms
{
    private const byte InArguments = 1;
    private const byte AtStart = 2;
    private const byte BehindNames = 4;
    private const byte BehindPair = 8;

    private static readonly int FirstTelltale = BehaviourList.All.Count;
    private static readonly int FirstRoutine = FirstTelltale + Telltale.All.Count;

    private static readonly (Behaviour Behaviour, byte Readings)[] All =
    [
        .. BehaviourList.All.Select(b => (b, (byte)(InArguments | AtStart))),
        .. Telltale.All.Select(b => (b, (byte)(InArguments | BehindNames))),
        .. RoutineUse.All.Select(b => (b, (byte)(InArguments | BehindPair))),
    ];

    private static readonly TextPart[] Parts =
        [.. All.SelectMany(b => b.Behaviour.Parts).Concat(MarkSearch.Parts).Distinct()];

    private static readonly PartSearch Search = new(Parts);
    private static readonly TermCounter Terms = new(All, Parts);

    /// <summary>By part: the marks that it stands for.</summary>
    private static readonly Marks[] MarksOf = [.. Parts.Select(MarkSearch.MarksOf)];

    private readonly byte[] _counts = new byte[All.Length];

    /// <summary>Searches the arguments of a program.</summary>
    /// <param name="arguments">Plain arguments, a blank at both ends.</param>
    /// <param name="comment">The comments beside them, in plain form.</param>
    /// <param name="names">The program's names, with a blank between them.</param>
    /// <param name="pair">Parent and child, joined with <c>&gt;</c>; empty where routine uses are not asked for.</param>
    public FoundTerms(string arguments, string comment, string names, string pair)
    {
        var (readings, list) = (ArrayPool<byte>.Shared.Rent(Parts.Length), ArrayPool<ushort>.Shared.Rent(Parts.Length));
        readings.AsSpan().Clear();
        var found = new FoundParts(readings, list);
        Search.Find(arguments, from: 1, InArguments, ref found);
        Search.FindBefore(arguments, seam: 1, AtStart, ref found);
        FindBehind(names, arguments, BehindNames, ref found);
        if (pair.Length > 0) FindBehind(pair, arguments, BehindPair, ref found);

        Terms.Count(found, _counts);
        if (arguments.Length < BehaviourSearch.MinText) _counts.AsSpan(0, FirstTelltale).Clear();
        if (comment.Length > 0) Telltale.AddLures(comment, _counts.AsSpan(FirstTelltale..FirstRoutine));
        foreach (var part in found.All)
        {
            if (found.Has(part, InArguments | AtStart)) Marks |= MarksOf[part];
        }

        ArrayPool<byte>.Shared.Return(readings);
        ArrayPool<ushort>.Shared.Return(list);
    }

    /// <summary>The terms found by behaviour, in the order of <see cref="BehaviourList"/>.</summary>
    public ArraySegment<byte> Behaviours => new(_counts, 0, FirstTelltale);

    /// <summary>The terms found by telltale, in the order of <see cref="Telltale"/>.</summary>
    public ArraySegment<byte> Telltales => new(_counts, FirstTelltale, FirstRoutine - FirstTelltale);

    /// <summary>The terms found by routine use, in the order of <see cref="RoutineUse"/>.</summary>
    public ArraySegment<byte> RoutineUses => new(_counts, FirstRoutine, _counts.Length - FirstRoutine);

    /// <summary>What the arguments name.</summary>
    public Marks Marks { get; }

    private static void FindBehind(string lead, string arguments, byte reading, ref FoundParts found)
    {
        var text = new TextBuffer(stackalloc char[256]);
        text.Append(' ');
        text.Append(lead);
        var seam = text.Length + 1;
        text.Append(arguments.AsSpan(0, Math.Min(arguments.Length, Search.MaxLength + 2)));
        Search.FindBefore(text.Text, seam, reading, ref found);
        text.Dispose();
    }
}
