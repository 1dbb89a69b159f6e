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
        long start = 0, peak = 0;
        int rows = 0;
        double sum = 0;
        for (; reader.Read(); rows++)
        {
            sum += reader.Row.Number(0);
            if (rows == 100_000) start = GC.GetTotalMemory(forceFullCollection: true);
            if (rows > 100_000 && rows % 500_000 == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }
        Assert.Equal((2_700_000, 2_700_000 * 1.5), (rows, sum));
        Assert.InRange(peak - start, -10_000_000, 2_000_000);
    }
}
