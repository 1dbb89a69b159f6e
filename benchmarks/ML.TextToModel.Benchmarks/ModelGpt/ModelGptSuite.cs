namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>The requirement hypernetwork on ModelGPT's tables and images (arXiv 2402.12408).</summary>
internal static class ModelGptSuite
{
    public static BenchmarkSuite Create()
    {
        HypernetworkStudy? study = null;
        BenchmarkCheck Check(string name, Func<HypernetworkStudy, IEnumerable<BenchmarkRow>> run) =>
            new(name, context => run(study ??= new HypernetworkStudy(context)));
        return new(
            "modelgpt", "networks generated from requirements, for ten UCI tables and Office-31; about half an hour",
            [
                new("wordings", Wordings.Run),
                Check("tables", SeenTables.Run),
                Check("tables left out", LeftOutTables.Run),
                new("office-31", OfficeDomains.Run),
            ]);
    }
}
