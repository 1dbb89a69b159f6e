using System.Diagnostics;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>A head that was fine-tuned on standardised features.</summary>
/// <param name="Spec">Its architecture.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Scale">How features are standardised.</param>
/// <param name="Loss">Cross-entropy on the validation images.</param>
/// <param name="Seconds">Time of all trainings that it was chosen from.</param>
internal sealed record TunedHead(
    PModelSpec Spec, float[] Parameters, FeatureScale Scale, double Loss, double Seconds)
{
    public double Accuracy(FeatureRows rows) =>
        Evaluation.Accuracy.Of(Spec, Parameters, rows with { Features = Scale.Apply(rows.Features) });
}

/// <summary>Fine-tuning of heads on frozen features, with rate and decay chosen by validation images.</summary>
internal static class HeadTuning
{
    private const int BatchSize = 64, Epochs = 30, Rank = 8;

    private static readonly (float Rate, float Decay, double Noise)[] s_grid =
    [
        (1e-3f, 1e-2f, 0), (3e-3f, 1e-2f, 0), (1e-2f, 1e-2f, 0), (1e-3f, 0.3f, 0), (3e-3f, 0.3f, 0), (1e-3f, 3, 0),
    ];

    // As those that the hypernetwork has to choose from.
    private static readonly (float Rate, float Decay, double Noise)[] s_noisy =
        [(1e-3f, 0.3f, 0.5), (1e-3f, 0.3f, 1), (3e-3f, 0.3f, 1), (3e-3f, 1, 1), (3e-3f, 3, 1)];

    /// <summary>A head on the images of some domains together.</summary>
    public static TunedHead Full(
        IEnumerable<FeatureRows> fit, IEnumerable<FeatureRows> validation, int classes, CancellationToken cancel)
    {
        FeatureRows all = Together(fit);
        LinearSpec spec = new() { Inputs = all.Columns, Classes = classes };
        return Best(spec, new float[spec.Layout.Count], all, Together(validation), s_grid, Epochs, cancel);
    }

    /// <summary>
    /// The same with what the hypernetwork has beside words: noise on features, and domains that count alike.
    /// </summary>
    public static TunedHead FullNoisy(
        IReadOnlyList<FeatureRows> fit, IReadOnlyList<FeatureRows> validation, int classes, CancellationToken cancel)
    {
        FeatureRows all = Together(Alike(fit));
        LinearSpec spec = new() { Inputs = all.Columns, Classes = classes };
        return Best(
            spec, new float[spec.Layout.Count], all, Together(Alike(validation)), [.. s_grid, .. s_noisy], Epochs,
            cancel);
    }

    /// <summary>A head and an adapter of low rank before it (Hu et al. 2021).</summary>
    public static TunedHead LowRank(FeatureRows fit, FeatureRows validation, int classes, CancellationToken cancel)
    {
        AdaptedHeadSpec spec = new() { Inputs = fit.Columns, Classes = classes, Rank = Rank };
        Rng rng = new(1);
        float[] start = spec.Start(new float[spec.Head.Layout.Count], rng);
        rng.FillNormal(spec.Layout["head.weight"].Of(start.AsSpan()), 0, 0.1 / Math.Sqrt(spec.Inputs));
        return Best(spec, start, fit, validation, s_grid, Epochs, cancel);
    }

    /// <summary>One pass over the images from a generated head.</summary>
    public static TunedHead Brief(
        FittedClassifier generated, FeatureRows fit, FeatureRows validation, CancellationToken cancel)
    {
        LinearSpec spec = (LinearSpec)generated.Spec;
        FeatureScale scale = FeatureScale.Of(fit.Columns, [fit.Features]);
        float[] start = generated.Parameters.ToArray();
        scale.Unfold(spec, start);
        return Best(spec, start, fit, validation, [(3e-4f, 0, 0), (1e-3f, 0, 0), (3e-3f, 0, 0)], 1, cancel);
    }

    private static TunedHead Best(
        PModelSpec spec, float[] start, FeatureRows fit, FeatureRows validation,
        (float Rate, float Decay, double Noise)[] grid, int epochs, CancellationToken cancel)
    {
        FeatureScale scale = FeatureScale.Of(fit.Columns, [fit.Features]);
        FeatureRows from = fit with { Features = scale.Apply(fit.Features) };
        FeatureRows held = validation with { Features = scale.Apply(validation.Features) };
        Stopwatch clock = Stopwatch.StartNew();
        TunedHead best = grid.Select(setting =>
        {
            ClassifierTraining training = new(spec, start, new NoisyRows(from, setting.Noise), new()
            {
                Rate = setting.Rate, Decay = setting.Decay, BatchSize = BatchSize, WarmUp = 0.1, Epochs = epochs,
            }, seed: 1);
            while (training.Step < training.TotalSteps)
            {
                cancel.ThrowIfCancellationRequested();
                training.Advance();
            }
            float[] tuned = training.Vector();
            double loss = Temperature.CrossEntropy(FineTuning.Logits(spec, tuned, held), held.Labels, 1);
            return new TunedHead(spec, tuned, scale, loss, 0);
        }).MinBy(head => head.Loss)!;
        return best with { Seconds = clock.Elapsed.TotalSeconds };
    }

    /// <summary>The images of smaller domains again and again, until there are about as many of each.</summary>
    private static IEnumerable<FeatureRows> Alike(IReadOnlyList<FeatureRows> domains)
    {
        int most = domains.Max(domain => domain.Labels.Length);
        return domains.SelectMany(domain =>
            Enumerable.Repeat(domain, (int)Math.Round((double)most / domain.Labels.Length)));
    }

    private static FeatureRows Together(IEnumerable<FeatureRows> parts)
    {
        FeatureRows[] all = [.. parts];
        return new(
            [.. all.SelectMany(part => part.Features)], all[0].Columns, [.. all.SelectMany(part => part.Labels)]);
    }
}
