using Changeling.HostStandIn.Contract;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Changeling.HostStandIn.Tests.Contract;

/// <summary>Bytes written by hand from the field numbers of the public contract of the language worker.</summary>
public sealed class GoldenMessageTests
{
    [Fact]
    public void A_worker_says_who_it_is_in_field_20()
    {
        var message = new StreamingMessage { RequestId = "r", StartStream = new StartStream { WorkerId = "w" } };

        AssertBytes("0A 01 72 | A2 01 03 | 12 01 77", message);
    }

    [Fact]
    public void The_host_asks_for_initialization_in_field_17_and_for_functions_in_field_29()
    {
        AssertBytes(
            "8A 01 09 | 0A 01 34 | 22 01 61 | 2A 01 62",
            new StreamingMessage
            {
                WorkerInitRequest = new WorkerInitRequest { HostVersion = "4", WorkerDirectory = "a", FunctionAppDirectory = "b" },
            });
        AssertBytes(
            "EA 01 03 | 0A 01 62",
            new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = "b" } });
    }

    [Fact]
    public void A_call_is_field_4_with_input_metadata_trace_and_retry()
    {
        var message = new StreamingMessage
        {
            InvocationRequest = new InvocationRequest
            {
                InvocationId = "i",
                FunctionId = "f",
                InputData =
                {
                    new ParameterBinding
                    {
                        Name = "e",
                        Data = new TypedData
                        {
                            CollectionModelBindingData = new CollectionModelBindingData
                            {
                                ModelBindingData =
                                {
                                    new ModelBindingData
                                    {
                                        Version = "1",
                                        Source = "s",
                                        ContentType = "c",
                                        Content = ByteString.CopyFrom(0xFF),
                                    },
                                },
                            },
                        },
                    },
                },
                TriggerMetadata = { ["n"] = new TypedData { CollectionSint64 = new CollectionSInt64 { Sint64 = { 1 } } } },
                TraceContext = new RpcTraceContext { TraceParent = "t" },
                RetryContext = new RetryContext { RetryCount = 1, MaxRetryCount = 3, Exception = new RpcException { Message = "m" } },
            },
        };

        AssertBytes(
            """
            22 39 | 0A 01 69 | 12 01 66
            | 1A 15 | 0A 01 65 | 12 10 | 6A 0E | 0A 0C | 0A 01 31 | 12 01 73 | 1A 01 63 | 22 01 FF
            | 22 0A | 0A 01 6E | 12 05 | 5A 03 | 0A 01 02
            | 2A 03 | 0A 01 74
            | 32 09 | 08 01 | 10 03 | 1A 03 12 01 6D
            """,
            message);
    }

    [Fact]
    public void A_cancellation_is_field_21_and_the_request_to_end_field_14()
    {
        AssertBytes("AA 01 03 | 12 01 69", new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = "i" } });
        AssertBytes(
            "72 04 | 0A 02 08 05",
            new StreamingMessage
            {
                WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) },
            });
    }

    [Fact]
    public void An_answer_is_read_with_its_status_and_exception()
    {
        // Field 5: invocation id, and a result with exception (message, user exception, type) and status 0.
        var message = Parse("2A 15 | 0A 01 69 | 1A 10 | 12 0E | 0A 01 6B | 12 01 6D | 1A 01 73 | 20 01 | 2A 01 74");

        var result = message.InvocationResponse.Result;
        Assert.Equal(("i", StatusResult.Types.Status.Failure), (message.InvocationResponse.InvocationId, result.Status));
        Assert.Equal(("m", true, "t"), (result.Exception.Message, result.Exception.IsUserException, result.Exception.Type));
    }

    [Fact]
    public void A_functions_metadata_goes_back_with_the_fields_that_the_stand_in_does_not_know()
    {
        // Directory (1), script file (2), entry point (3), name (4), a raw binding (10), the id (13), and retry options (15).
        var received = RpcFunctionMetadata.Parser.ParseFrom(Bytes(
            "0A 01 64 | 12 01 73 | 1A 01 65 | 22 01 6E | 52 02 7B 7D | 6A 01 69 | 7A 0C | 10 02 | 22 02 08 02 | 2A 02 08 78 | 30 00"));

        var sent = new StreamingMessage
        {
            FunctionLoadRequest = new FunctionLoadRequest { FunctionId = "i", Metadata = received },
        }.ToByteArray();

        Assert.Equal(("n", "i", "{}"), (received.Name, received.FunctionId, received.RawBindings.Single()));
        Assert.Equal(
            (2, 2, 120),
            (
                received.RetryOptions.MaxRetryCount, received.RetryOptions.MinimumInterval.Seconds,
                received.RetryOptions.MaximumInterval.Seconds));
        var again = StreamingMessage.Parser.ParseFrom(sent).FunctionLoadRequest.Metadata.ToByteArray();
        foreach (var field in new[] { "0A 01 64", "12 01 73", "1A 01 65" }) Assert.True(again.AsSpan().IndexOf(Bytes(field)) >= 0, field);
    }

    private static void AssertBytes(string expected, StreamingMessage message) =>
        Assert.Equal(Convert.ToHexString(Bytes(expected)), Convert.ToHexString(message.ToByteArray()));

    private static StreamingMessage Parse(string hex) => StreamingMessage.Parser.ParseFrom(Bytes(hex));

    private static byte[] Bytes(string hex) => Convert.FromHexString(string.Concat(hex.Where(Uri.IsHexDigit)));
}
