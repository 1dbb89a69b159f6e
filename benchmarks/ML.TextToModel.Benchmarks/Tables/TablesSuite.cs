namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>The table generator against its peers and against itself without its parts, on ten UCI tables.</summary>
internal static class TablesSuite
{
    public static BenchmarkSuite Create()
    {
        TableStudy? study = null;
        BenchmarkCheck Check(string name, Func<TableStudy, IEnumerable<BenchmarkRow>> run) =>
            new(name, context => run(study ??= new TableStudy(context)));
        return new(
            "tables", "the table generator on ten UCI tables; about half an hour in full, most of it the peers",
            [
                Check("protocol", Protocol.Run),
                Check("comparisons", Comparisons.Run),
                Check("controls", Controls.Run),
                Check("small tables", SmallTables.Run),
                Check("time to the same accuracy", SameAccuracy.Run),
                Check("prediction", RowPrediction.Run),
                Check("ONNX", OnnxAgreement.Run),
                Check("wall clock", WallClock.Run),
            ]);
    }
}
