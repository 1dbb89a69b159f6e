namespace ML.TextToModel.Datasets.Tests;

[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Measures the memory of the whole process, so nothing else may run.</summary>
[Collection("alone")]
public sealed class StreamingTests
{
    [Fact]
    public void Large_files_stream_in_bounded_memory()
    {
        // 60 MB; nothing of it may stay.
        using TableReader reader =
            TableReader.Open(new RepeatingStream("a,b,c\n"u8.ToArray(),
                "1.5,red,\"some text\"\n"u8.ToArray(), 2_700_000));
        // What earlier tests left may go at any time, so growth counts from the least seen so far.
        long least = long.MaxValue, growth = 0;
        int rows = 0;
        double sum = 0;
        for (; reader.Read(); rows++)
        {
            sum += reader.Row.Number(0);
            if (rows % 500_000 != 100_000) continue;
            long present = GC.GetTotalMemory(forceFullCollection: true);
            least = Math.Min(least, present);
            growth = Math.Max(growth, present - least);
        }
        Assert.Equal((2_700_000, 2_700_000 * 1.5), (rows, sum));
        Assert.InRange(growth, 0, 2_000_000);
    }
}
