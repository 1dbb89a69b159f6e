namespace ML.TextToModel.Benchmarks.MLNet;

/// <summary>The adapter of ML.NET; nothing can be measured against its surface only.</summary>
internal static class MLNetSuite
{
    public static BenchmarkSuite Create() => new(
        "mlnet", "single rows through ML.NET's PredictionEngine; about a minute, with ML.NET's packages",
        [new("prediction engine", SingleRows.Run)]);
}
