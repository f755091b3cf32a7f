using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Operations;

/// <summary>Reads exported counts: once to check that the file is complete and valid, then again row after row.</summary>
/// <param name="open">Opens the file at its start, decompressed.</param>
public sealed class BaselineFileReader(Func<Stream> open)
{
    /// <summary>Reads the whole file.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is not valid, is truncated, or has another version; the message names the line.
    /// </exception>
    public async Task<BaselineFileContent> CheckAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var partitions = new List<ExportedPartition>();
        var (header, current, rows, ended, number) = ((FileLine?)null, (PartitionLine?)null, 0L, false, 0);
        await foreach (var (text, line) in LinesAsync(cancellationToken))
        {
            number++;
            hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
            switch (line)
            {
                case { Schema: { } schema } when number == 1:
                    if (schema != BaselineFile.Schema)
                        throw new InvalidDataException($"line 1: schema is '{schema}', this program reads '{BaselineFile.Schema}'");
                    header = line;
                    break;
                case { Partition: { } begun } when header is not null && current is null && !ended:
                    (current, rows) = (begun, 0);
                    break;
                case { Launch: { } launch } when current is not null && launch.Count >= 0:
                    launch.ToRow();
                    rows++;
                    break;
                case { End: { } end } when current is not null && end.Rows == rows:
                    partitions.Add(
                        new ExportedPartition(new EventPartition(current.Hub, current.Id), current.ToWatermark(), rows, end.HasMoved));
                    current = null;
                    break;
                case { Partitions: { } count } when current is null && count == partitions.Count && !ended:
                    ended = true;
                    break;
                default:
                    throw new InvalidDataException($"line {number}: not expected there");
            }
        }

        if (header is null) throw new InvalidDataException("it holds no exported counts");
        if (!ended) throw new InvalidDataException($"it ends after line {number}, before its end");
        return new BaselineFileContent(
            header.Account ?? "", header.Baseline ?? "", Convert.ToHexStringLower(hash.GetHashAndReset()), partitions);
    }

    /// <summary>The rows of one partition, in the file's order.</summary>
    /// <param name="index">Which of <see cref="BaselineFileContent.Partitions"/>.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public async IAsyncEnumerable<(string Parent, CountRow Row)> RowsAsync(
        int index, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = -1;
        await foreach (var (_, line) in LinesAsync(cancellationToken))
        {
            if (line.Partition is not null && ++current > index) yield break;
            if (line.Launch is { } launch && current == index) yield return launch.ToRow();
        }
    }

    private async IAsyncEnumerable<(string Text, FileLine Line)> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } text; number++)
        {
            FileLine? line;
            try
            {
                line = JsonSerializer.Deserialize(text, BaselineFileContext.Default.FileLine);
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException($"line {number}: no line of exported counts, or cut", exception);
            }

            yield return (text, line ?? throw new InvalidDataException($"line {number}: no line of exported counts"));
        }
    }
}

/// <summary>The content of a file of exported counts, without the rows.</summary>
/// <param name="Account">The storage account that was exported.</param>
/// <param name="Baseline">The baseline's name there.</param>
/// <param name="Digest">SHA-256 of all lines, hexadecimal; does not depend on how the file is compressed.</param>
/// <param name="Partitions">Its partitions.</param>
public sealed record BaselineFileContent(string Account, string Baseline, string Digest, IReadOnlyList<ExportedPartition> Partitions);
