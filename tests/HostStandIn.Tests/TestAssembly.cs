using Changeling.HostStandIn.Tests.Support;
using Changeling.TestSupport;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
[assembly: AssemblyFixture(typeof(OddHost))]
