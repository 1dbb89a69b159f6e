using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>
/// ModelGPT's network for tables (arXiv 2402.12408, its code): Linear(in, 8), four Linear(8, 8), Linear(8, out);
/// without activation, as it is there, or with ReLU. Trained from random parameters at batch 64 for 80 epochs at most;
/// optimizer, rate and epochs chosen by the validation rows, then trained again on those too.
/// </summary>
internal static class ModelGptMlp
{
    private const ulong Seed = 1;

    private const int BatchSize = 64, Epochs = 80, MostSteps = 6_000;
    private static readonly int[] s_hidden = [8, 8, 8, 8, 8];

    private static readonly (OptimizerKind Optimizer, float Rate)[] s_grid =
    [
        (OptimizerKind.AdamW, 3e-3f), (OptimizerKind.AdamW, 1e-2f), (OptimizerKind.AdamW, 3e-2f),
        (OptimizerKind.Sgd, 1e-2f), (OptimizerKind.Sgd, 3e-2f), (OptimizerKind.Sgd, 1e-1f),
    ];

    public static TableMethod Create(string name, bool activation, CancellationToken cancel) =>
        new(name, round => TablePredictions.Of(round, () => Fit(round, activation, cancel))) { Kept = true };

    private static (FittedClassifier, string) Fit(TableRound round, bool activation, CancellationToken cancel)
    {
        TablePreprocessing encoding = Encoding(round.Fit);
        FeatureRows fit = FeatureRows.Encode(encoding, round.Fit);
        FeatureRows validation = FeatureRows.Encode(encoding, round.Validation);
        TrainingOptions best = null!;
        double least = double.PositiveInfinity;
        int longest = Math.Clamp(MostSteps * BatchSize / fit.Labels.Length, 1, Epochs);
        foreach ((OptimizerKind optimizer, float rate) in s_grid)
        {
            foreach (int epochs in new[] { longest, Math.Max(1, longest / 4) })
            {
                TrainingOptions options = new()
                {
                    Optimizer = optimizer, Rate = rate, BatchSize = BatchSize, WarmUp = 0.1, Decay = 1e-4f,
                    Epochs = epochs,
                };
                PModelSpec tried = Spec(fit, round, activation);
                float[] tuned = FineTuning.Run(tried, Initial(tried), fit, options, Seed, cancel);
                double loss =
                    Temperature.CrossEntropy(FineTuning.Logits(tried, tuned, validation), validation.Labels, 1);
                if (loss < least) (least, best) = (loss, options);
            }
        }
        TablePreprocessing allEncoding = Encoding(round.Known);
        FeatureRows all = FeatureRows.Encode(allEncoding, round.Known);
        PModelSpec spec = Spec(all, round, activation);
        float[] parameters = FineTuning.Run(spec, Initial(spec), all, best, Seed, cancel);
        if (spec is LinearChainSpec chain) (spec, parameters) = chain.Collapse(parameters);
        return (new FittedClassifier(spec, parameters, round.Known.Classes, allEncoding),
            $"{best.Optimizer} {best.Rate:G1}, {best.Epochs} epochs");
    }

    private static TablePreprocessing Encoding(Datasets.TableSample sample) =>
        TablePreprocessing.Fit(sample.Columns, sample.Categories, sample.Values);

    private static PModelSpec Spec(FeatureRows rows, TableRound round, bool activation)
    {
        MlpSpec spec = new() { Inputs = rows.Columns, Hidden = s_hidden, Classes = round.Known.Classes.Count };
        return activation ? spec : new LinearChainSpec(spec);
    }

    private static float[] Initial(PModelSpec spec)
    {
        float[] initial = spec.Initialize(new Rng(Seed));
        if (spec is LinearChainSpec)
        {
            // Nothing halves the variance between linear layers, so that it is halved at the start.
            foreach (ParameterSlot slot in spec.Layout.Slots.Where(slot => !slot.PerClass))
                foreach (ref float value in slot.Of(initial.AsSpan())) value /= MathF.Sqrt(2);
        }
        return initial;
    }
}
