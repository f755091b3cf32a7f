namespace Changeling.Simulation.Injection;

/// <summary>Draws at random and without repetition: an item comes again only after all others were drawn.</summary>
/// <param name="items">What is drawn, at least one.</param>
/// <param name="chance">Decides the order, a new one for each round.</param>
internal sealed class EvenDraw<T>(IReadOnlyList<T> items, Chance chance)
{
    private readonly T[] _left = [.. items];
    private int _count = items.Count;

    public T Next()
    {
        if (_count == 0) _count = _left.Length;
        var drawn = (int)chance.Between(0L, _count - 1);
        _count--;
        (_left[drawn], _left[_count]) = (_left[_count], _left[drawn]);
        return _left[_count];
    }
}
