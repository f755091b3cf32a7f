using Changeling.TestSupport;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
