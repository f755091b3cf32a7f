namespace Changeling.Features;

/// <summary>
/// Hashes the words of a launch for <see cref="HashedFeatures"/> and <see cref="SparseGrams"/>. All hashes of a word grow together, one
/// character after the other, and the hashes of a pair grow on from those of its first word.
/// </summary>
internal static class HashedWords
{
    private static readonly uint ChildWord = StableHash.Begin(HashedText.ChildWord);
    private static readonly uint Word = StableHash.Begin(HashedText.Word);

    /// <summary>Sets what the words of a launch are hashed into.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="buckets">Receives the words and pairs of words as dense features.</param>
    /// <param name="grams">Receives them, and the words of the program, as buckets.</param>
    public static void Write(Launch launch, Span<float> buckets, BucketSet grams)
    {
        var ofChild = StableHash.Then(ChildWord, SparseGrams.NameOf(launch));
        var (text, at, hasBefore, pairStart, pairGramStart) = (launch.Folded, 0, false, 0U, 0U);
        while (at < text.Length)
        {
            var (word, wordGram, childGram, pair, pairGram) = (StableHash.Start, Word, ofChild, pairStart, pairGramStart);
            for (; at < text.Length && text[at] is not ' ' and var c; at++)
            {
                word = StableHash.Grow(word, c);
                wordGram = StableHash.Grow(wordGram, c);
                childGram = StableHash.Grow(childGram, c);
                pair = StableHash.Grow(pair, c);
                pairGram = StableHash.Grow(pairGram, c);
            }

            at++;
            (pairStart, pairGramStart) = (StableHash.Separate(word), StableHash.Separate(wordGram));
            Set(buckets, word);
            grams.AddHash(pairGramStart);
            grams.AddHash(childGram);
            if (hasBefore)
            {
                Set(buckets, pair);
                grams.AddHash(pairGram);
            }

            hasBefore = true;
        }
    }

    private static void Set(Span<float> buckets, uint state) =>
        buckets[HashedFeatures.Bucket(StableHash.Mix(state), HashedFeatures.WordBuckets)] = 1;
}
