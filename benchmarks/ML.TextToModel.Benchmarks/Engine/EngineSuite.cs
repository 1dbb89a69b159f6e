namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>The tensor engine against OpenBLAS and PyTorch, the generic CNN, and the baselines it gives.</summary>
internal static class EngineSuite
{
    public static BenchmarkSuite Create() => new(
        "engine", "kernels, training steps, the generic CNN and its baselines; about 25 minutes in full",
        [
            new("matrix products", MatrixProducts.Run),
            new("transformer step", TransformerStep.Run),
            new("CNN throughput", CnnThroughput.Run),
            new("prediction", Prediction.Run),
            new("backbones", Backbones.Run),
            new("generic CNN", GenericCnn.Run),
            new("fine-tuning", FineTuning.Run),
            new("tests of every op", TestPrograms.RunOps),
            new("damaged inputs", TestPrograms.RunFuzz),
        ]);
}
