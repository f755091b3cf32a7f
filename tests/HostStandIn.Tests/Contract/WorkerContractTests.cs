using System.Reflection;
using Changeling.HostStandIn.Contract;
using Changeling.HostStandIn.Tests.Support;
using Google.Protobuf.Reflection;

namespace Changeling.HostStandIn.Tests.Contract;

/// <summary>
/// Holds our proto against the contract that the worker itself was built with: it is embedded in the worker's package
/// <c>Microsoft.Azure.Functions.Worker.Grpc</c>, from the public repository of the language worker's protobuf.
/// </summary>
public sealed class WorkerContractTests
{
    private static readonly FileDescriptor Theirs = ReadTheirs();
    private static readonly FileDescriptor Ours = FunctionRpcReflection.Descriptor;

    [Fact]
    public void Package_service_and_method_are_the_contracts()
    {
        Assert.Equal(Theirs.Package, Ours.Package);
        var (theirs, ours) = (Theirs.Services.Single(), Ours.Services.Single());
        Assert.Equal((theirs.FullName, theirs.Methods.Single().Name), (ours.FullName, ours.Methods.Single().Name));
        Assert.True(ours.Methods[0].IsClientStreaming && ours.Methods[0].IsServerStreaming);
    }

    [Fact]
    public void Every_field_of_ours_has_the_number_the_type_and_the_name_of_the_contracts()
    {
        var known = Theirs.MessageTypes.SelectMany(Fields).ToHashSet();

        Assert.DoesNotContain(Ours.MessageTypes.SelectMany(Fields), field => !known.Contains(field));
    }

    [Fact]
    public void Every_enum_value_of_ours_has_the_number_of_the_contracts()
    {
        var known = Theirs.MessageTypes.SelectMany(Values).ToHashSet(StringComparer.OrdinalIgnoreCase);

        var ours = Ours.MessageTypes.SelectMany(Values).ToList();

        Assert.Equal(12, ours.Count);
        Assert.DoesNotContain(ours, value => !known.Contains(value));
    }

    private static IEnumerable<string> Fields(MessageDescriptor message) => message.Fields.InFieldNumberOrder().Select(field =>
        $"{message.FullName}.{field.Name} = {field.FieldNumber}: {(field.IsRepeated ? "repeated " : "")}{field.FieldType} {TypeOf(field)} in {field.ContainingOneof?.Name}");

    private static string? TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message when field.IsMap =>
            string.Join(" to ", field.MessageType.Fields.InFieldNumberOrder().Select(f => $"{f.FieldType} {TypeOf(f)}")),
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        _ => null,
    };

    private static IEnumerable<string> Values(MessageDescriptor message) =>
        message.EnumTypes.SelectMany(type => type.Values.Select(value => $"{type.FullName}.{value.Name} = {value.Number}"));

    private static FileDescriptor ReadTheirs()
    {
        var assembly = Assembly.LoadFrom(Path.Combine(OddApp.Folder, "Microsoft.Azure.Functions.Worker.Grpc.dll"));
        var reflection = assembly.GetTypes().Single(type => type.Name == nameof(FunctionRpcReflection));
        return (FileDescriptor)reflection.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
    }
}
