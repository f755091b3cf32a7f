using Changeling.Events;

namespace Changeling.Core.Tests.Events;

public class PositionTests
{
    [Theory]
    [InlineData(0, 5, 0, 0, 5, 1)]
    [InlineData(0, 5, 9, 0, 6, 0)]
    [InlineData(0, 900, 7, 1, 0, 0)]
    public void A_later_epoch_beats_a_later_message_beats_a_later_record(
        int epoch, long sequenceNumber, int record, int laterEpoch, long laterSequenceNumber, int laterRecord)
    {
        var earlier = new Position(epoch, sequenceNumber, record);
        var later = new Position(laterEpoch, laterSequenceNumber, laterRecord);

        Assert.True(earlier < later);
        Assert.True(later > earlier);
        Assert.NotEqual(earlier, later);
    }
}
