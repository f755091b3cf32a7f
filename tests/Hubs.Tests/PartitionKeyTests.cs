using System.Text;

namespace Changeling.Hubs.Tests;

public class PartitionKeyTests
{
    [Fact]
    public void A_host_is_its_own_key() => Assert.Equal("ws-0417.corp.example", PartitionKey.Of("ws-0417.corp.example"));

    [Fact]
    public void A_name_at_the_limit_is_kept_whole() => Assert.Equal(new string('a', 128), PartitionKey.Of(new string('a', 128)));

    [Fact]
    public void A_longer_name_keeps_its_beginning_and_is_told_apart_by_a_hash()
    {
        var (one, other) = (PartitionKey.Of(new string('a', 300) + "1"), PartitionKey.Of(new string('a', 300) + "2"));

        Assert.Equal(128, one.Length);
        Assert.StartsWith(new string('a', 95) + "~", one, StringComparison.Ordinal);
        Assert.NotEqual(one, other);
        Assert.Equal(one, PartitionKey.Of(new string('a', 300) + "1"));
    }

    [Fact]
    public void A_pair_of_surrogates_is_not_cut_apart()
    {
        var host = new string('a', 94) + string.Concat(Enumerable.Repeat("\U0001F600", 40));

        Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(PartitionKey.Of(host))), PartitionKey.Of(host));
    }
}
