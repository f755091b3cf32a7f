using Changeling.HubStandIn.Links;

namespace Changeling.HubStandIn.Tests;

public sealed class LinkCreditTests
{
    private readonly LinkCredit _credit = new();

    [Fact]
    public void What_is_sent_uses_up_what_was_asked_for()
    {
        _credit.Change(3);
        _credit.Use();

        Assert.Equal(2, _credit.Left);
    }

    [Fact]
    public void A_client_may_take_back_a_part()
    {
        _credit.Change(300);
        Use(100);

        // It asks for 50 more than it got, 150 less than before; the library then remembers what was sent, 100.
        _credit.Change(-150);
        Assert.Equal(50, _credit.Left);

        Use(50);
        _credit.Change(80);
        Assert.Equal(30, _credit.Left);
    }

    [Fact]
    public void To_ask_for_the_same_again_changes_nothing()
    {
        _credit.Change(10);
        Use(4);

        _credit.Change(0);
        Assert.Equal(6, _credit.Left);

        // The library remembers 4 now, so that the same limit looks to it like 6 more.
        _credit.Change(6);
        Assert.Equal(6, _credit.Left);
    }

    private void Use(int messages)
    {
        for (var i = 0; i < messages; i++) _credit.Use();
    }
}
