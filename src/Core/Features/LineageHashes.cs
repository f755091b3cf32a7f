namespace Changeling.Features;

/// <summary>
/// The lineage by names that occur everywhere. An unknown name is described by its kind and place; otherwise the model would learn the
/// programs of one lab.
/// </summary>
internal static class LineageHashes
{
    private static readonly string[] Kinds = Enum.GetNames<BinaryKind>();
    private static readonly string[] UnknownAt = [.. Enum.GetNames<PathPlace>().Select(place => "?" + place)];
    private static readonly Hashes Start = new(StableHash.Start, StableHash.Begin(HashedText.LineageName));

    /// <summary>The texts, in their order.</summary>
    public static IEnumerable<string> Names(Launch launch)
    {
        var (child, parent) = (Child(launch), Parent(launch.Parent));
        var (childKind, parentKind) = (Kinds[(int)launch.ChildKind], Kinds[(int)launch.Parent.Kind]);
        yield return ">" + child;
        yield return parent + ">";
        yield return parent + ">" + child;
        yield return parentKind + ">" + childKind;
        yield return parentKind + ">" + child;
        yield return parent + ">" + childKind;
        if (HasKnownInner(launch)) yield return child + ">" + launch.Inner;
    }

    /// <summary>Sets what the same texts are hashed into, without making them.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="buckets">Receives the dense features.</param>
    /// <param name="grams">Receives the buckets for <see cref="SparseGrams"/>.</param>
    public static void Write(Launch launch, Span<float> buckets, BucketSet grams)
    {
        var (child, childKind) = (Child(launch), Kinds[(int)launch.ChildKind]);
        var fromParent = Start.Then(Parent(launch.Parent)).Then(">");
        var fromParentKind = Start.Then(Kinds[(int)launch.Parent.Kind]).Then(">");
        Set(Start.Then(">").Then(child), buckets, grams);
        Set(fromParent, buckets, grams);
        Set(fromParent.Then(child), buckets, grams);
        Set(fromParentKind.Then(childKind), buckets, grams);
        Set(fromParentKind.Then(child), buckets, grams);
        Set(fromParent.Then(childKind), buckets, grams);
        if (HasKnownInner(launch)) Set(Start.Then(child).Then(">").Then(launch.Inner), buckets, grams);
    }

    private static string Child(Launch launch) => launch.Child.IsKnown ? launch.ChildName : UnknownAt[(int)launch.ChildPlace];

    private static string Parent(LaunchParent parent) => parent.Program.IsKnown ? parent.Name : UnknownAt[(int)parent.Place];

    private static bool HasKnownInner(Launch launch) => launch.Inner.Length > 0 && KnownBinaries.IsKnown(launch.Inner);

    private static void Set(Hashes name, Span<float> buckets, BucketSet grams)
    {
        buckets[HashedFeatures.Bucket(StableHash.Mix(name.Dense), HashedFeatures.NameBuckets)] = 1;
        grams.AddHash(StableHash.Separate(name.Sparse));
    }

    /// <summary>A text as it is hashed for the dense and the sparse features.</summary>
    private readonly record struct Hashes(uint Dense, uint Sparse)
    {
        public Hashes Then(string text)
        {
            var (dense, sparse) = this;
            foreach (var c in text) (dense, sparse) = (StableHash.Grow(dense, c), StableHash.Grow(sparse, c));
            return new(dense, sparse);
        }
    }
}
