using Changeling.Storing;

namespace Changeling.Storage.Tests;

public sealed class InMemoryBaselineStoreTests : BaselineStoreContract
{
    protected override IBaselineStore Store { get; } = new InMemoryBaselineStore();
}
