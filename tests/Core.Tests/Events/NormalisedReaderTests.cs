using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>What only ASIM, OCSF or SentinelOne does: formats that are normalised before they reach the hub.</summary>
public class NormalisedReaderTests
{
    [Theory]
    [InlineData("\"DvcFQDN\": \"ws-0417.corp.example\",", "", "ws-0417.corp.example")]
    [InlineData("\"DvcFQDN\": \"ws-0417.corp.example\",\n \"DvcOs\": \"Windows\",", "\"Dvc\": \"10.0.0.1\",", "ws-0417.corp.example")]
    [InlineData("\"DvcDomain\": \"corp.example\",\n \"DvcFQDN\": \"ws-0417.corp.example\",", "", "ws-0417")]
    public void Asim_names_the_host_in_parts(string text, string replacement, string host) =>
        Assert.Equal(host, Reading.Event(GoldenLaunch.Messages["asim"].Replace(text, replacement, StringComparison.Ordinal)).Host.Name);

    [Fact]
    public void Asim_may_name_the_user_as_in_mail_and_the_actor_stands_in_for_a_target_that_is_not_named()
    {
        var asim = GoldenLaunch.Messages["asim"];
        var mail = Reading.Event(asim.Replace("\"CORP\\\\mara.lind\"", "\"mara.lind@corp.example\"", StringComparison.Ordinal)).User;
        var actor = Reading.Event(asim.Replace("\"TargetUser", "\"_", StringComparison.Ordinal)).User;

        Assert.Equal(new UserIdentity("mara.lind", "corp.example", GoldenLaunch.Sid), mail);
        Assert.Equal(new UserIdentity("SYSTEM", "NT AUTHORITY", "S-1-5-18"), actor);
    }

    [Theory]
    [InlineData("""{"state_id": 1, "certificate": {"subject": "CN=x"}}""", SignatureStatus.Valid)]
    [InlineData("""{"state_id": 3}""", SignatureStatus.Invalid)]
    [InlineData("""{"algorithm_id": 1}""", SignatureStatus.Unknown)]
    public void Ocsf_has_one_signature_or_many(string signature, SignatureStatus status)
    {
        var ocsf = GoldenLaunch.Messages["ocsf"];
        var one =
            Reading.Event(ocsf.Replace("\"internal_name\"", $"\"signature\": {signature}, \"internal_name\"", StringComparison.Ordinal));
        var many =
            Reading.Event(ocsf.Replace("\"internal_name\"", $"\"signatures\": [{signature}], \"internal_name\"", StringComparison.Ordinal));

        Assert.Equal(status, one.Child.Signature?.Status);
        Assert.Equal(one.Child.Signature, many.Child.Signature);
    }

    [Fact]
    public void Ocsf_times_may_be_texts()
    {
        var read = Reading.Event(GoldenLaunch.Messages["ocsf"].Replace(
            "\"created_time\": 1793697267384", "\"created_time_dt\": \"2026-11-03T10:14:27.384+01:00\"", StringComparison.Ordinal));

        GoldenEvent.AssertSame(read);
    }

    [Theory]
    [InlineData("signed", "unverified", SignatureStatus.Invalid)]
    [InlineData("SIGNED", "", SignatureStatus.Unknown)]
    [InlineData("unsigned", "", SignatureStatus.Unsigned)]
    public void SentinelOne_checks_what_is_signed(string signed, string verified, SignatureStatus status)
    {
        var read = Reading.Event(GoldenLaunch.Messages["sentinelone"]
            .Replace("\"signed\"", $"\"{signed}\"", StringComparison.Ordinal)
            .Replace("\"verified\"", $"\"{verified}\"", StringComparison.Ordinal));

        Assert.Equal(status, read.Child.Signature?.Status);
    }
}
