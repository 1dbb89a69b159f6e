using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;
using FineTuning = ML.TextToModel.Benchmarks.Engine.FineTuning;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>The seen classes with a CNN of three convolutions and 14,586 parameters, a size of the paper.</summary>
internal static class LargerCnn
{
    private const int SettingsOfFiftyEpochs = 6;

    private static readonly CnnSpec s_architecture =
        new() { Classes = TinaStudy.TaskSize, Channels = [16, 32, 32], Strides = [2, 1, 2] };

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Complete) yield break;   // trains for minutes
        TinaStudy larger = study.With(s_architecture, Train);
        IEnumerable<BenchmarkRow> fineTuning =
            FineTuning.Run(study.Context, study.Data, s_architecture, [10, 50], SettingsOfFiftyEpochs);
        foreach (BenchmarkRow row in SeenClasses.Run(larger, fineTuning))
            yield return row with { Check = $"{s_architecture.Layout.Count:N0} parameters: {row.Check}" };
    }

    private static TinaGenerator Train(TinaStudy study) => TrainedTina.LoadOrTrain(
        study, "larger", new TinaOptions(), new TinaTrainingOptions
        {
            Steps = 20_000, Rate = 1e-3f, BaseRate = 10, Ridge = 0.01,
        }).Generator;
}
