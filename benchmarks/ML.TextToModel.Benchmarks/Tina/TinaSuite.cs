using ML.TextToModel.Benchmarks.Engine;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>The generator of image classifiers against its baselines, on tasks of CIFAR-100.</summary>
internal static class TinaSuite
{
    public static BenchmarkSuite Create()
    {
        TinaStudy? study = null;
        BenchmarkCheck Check(string name, Func<TinaStudy, IEnumerable<BenchmarkRow>> run) =>
            new(name, context => Run(context, run));
        return new(
            "tina", "the generator of image classifiers on tasks of CIFAR-100; some three hours in full, it resumes",
            [
                Check("seen classes", SeenClasses.Run),
                Check("main results", MainResults.Run),
                Check("prompts", Prompts.Run),
                Check("TAPER-Mixer", MixedModels.Run),
                Check("zoo", ZooControls.Run),
                Check("samplers", Samplers.Run),
                Check("ablations", Ablations.Run),
                Check("scaling", Scaling.Run),
                Check("larger CNN", LargerCnn.Run),
                Check("class counts", ClassCounts.Run),
                Check("descriptions", Descriptions.Run),
                Check("image prompts", ImagePromptAccuracy.Run),
                Check("unseen classes", UnseenClasses.Run),
                Check("held-out settings", UnseenSettings.Run),
                Check("time", GenerationTime.Run),
                .. Heads.Checks(),
                new("onnx", OnnxAgreement.Run),
            ]);

        IEnumerable<BenchmarkRow> Run(BenchmarkContext context, Func<TinaStudy, IEnumerable<BenchmarkRow>> run)
        {
            if (study is null && !TinaStudy.TryOpen(context, out study, out string? why))
                return [BenchmarkRow.Absent("tina", "share", why)];
            return run(study!);
        }
    }
}
