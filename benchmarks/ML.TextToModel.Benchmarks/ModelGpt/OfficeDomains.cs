using System.Globalization;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>
/// Heads of 31 classes on features of Office-31, generated for a domain from the words for it: webcam left out of
/// training, then left in; beside heads that are fine-tuned.
/// </summary>
internal static class OfficeDomains
{
    private const string Unseen = "webcam";
    private const int LearnedWordings = 3, Repeats = 25;

    private static readonly string[] s_domains = ["amazon", "dslr", Unseen];

    // Tried on validation images of the learned domains; webcam takes no part in the choice.
    private static readonly HypernetworkTrainingOptions s_training = new()
    {
        Steps = 1_000, FewRows = 1, Rows = 64, LocalSteps = 1, Dropout = 0, Noise = 0.5, RowNoise = 0,
    };

    private static readonly HypernetworkTrainingOptions[] s_settings =
    [
        s_training with { Rate = 3e-3f, Decay = 0.3f },
        s_training with { Rate = 3e-3f, Decay = 1, RowNoise = 0.5 },
        s_training with { Rate = 3e-3f, Decay = 1, RowNoise = 1 },
        s_training with { Rate = 3e-3f, Decay = 3, RowNoise = 0.5 },
        s_training with { Rate = 3e-3f, Decay = 3, RowNoise = 1 },
    ];

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        if (context.Options.Quick)
        {
            yield return BenchmarkRow.Absent("Office-31", "share", "only in a full run");
            yield break;
        }
        string? folder = KnownDatasets.Roots.Select(root => Path.Combine(root, "image", "office31"))
            .FirstOrDefault(Directory.Exists);
        string onnx = Path.Combine(
            folder ?? "", "..", "..", "..", "models", "mobilenet_v2_035", "mobilenet_v2_0.35_224_features.onnx");
        if (folder is null || !File.Exists(onnx))
        {
            yield return BenchmarkRow.Absent("Office-31", "share", "the images or the backbone are not here");
            yield break;
        }
        ComputeThreads.Count = 1;
        HypernetworkStudy study = new(context);
        OfficeDomain[] domains =
            [.. s_domains.Select(name => OfficeDomain.Load(context, Path.Combine(folder, name + ".zip"), onnx))];
        OfficeDomain[] others = [.. domains.Where(domain => domain.Name != Unseen)];
        OfficeDomain webcam = domains.Single(domain => domain.Name == Unseen);
        var chosen = s_settings.Select(setting => (Setting: setting, Validation: others.Average(other =>
            Mean(Train(study, "office31-without-webcam", others, setting).Generator, other, other.Part(1)))))
            .MaxBy(tried => tried.Validation);
        (HypernetworkGenerator without, double seconds) =
            Train(study, "office31-without-webcam", others, chosen.Setting);
        (HypernetworkGenerator with, _) = Train(study, "office31-all", domains, chosen.Setting);
        TunedHead pooled = HeadTuning.Full(
            others.Select(o => o.Part(0)), others.Select(o => o.Part(1)), webcam.Classes.Count, context.Cancel);
        double pooledValidation = others.Average(other => pooled.Accuracy(other.Part(1)));
        yield return new(
            "Office-31: validation images of the two learned domains", chosen.Validation, "share",
            Detail: $"the best of {s_settings.Length} settings: "
                + $"rate {chosen.Setting.Rate}, decay {chosen.Setting.Decay}, noise {chosen.Setting.RowNoise}");
        yield return new("Office-31: training of the hypernetwork, seconds / 2 domains", seconds / 2, "s");

        TunedHead noisy = HeadTuning.FullNoisy(
            [.. others.Select(o => o.Part(0))], [.. others.Select(o => o.Part(1))], webcam.Classes.Count,
            context.Cancel);
        double noisyValidation = others.Average(other => noisy.Accuracy(other.Part(1)));
        double zeroShot = Mean(without, webcam, webcam.Rows);
        double ofPooled = pooled.Accuracy(webcam.Rows), ofNoisy = noisy.Accuracy(webcam.Rows);
        yield return new BenchmarkRow(
            "Office-31, webcam zero-shot, all images", zeroShot, "share",
            noisyValidation > pooledValidation ? ofNoisy : ofPooled, N: webcam.Rows.Labels.Length,
            Stderr: Math.Sqrt(zeroShot * (1 - zeroShot) / webcam.Rows.Labels.Length),
            Detail: "against the better on validation images of two heads fine-tuned on the other domains: plain "
                + $"{Share(ofPooled)} (validation {Share(pooledValidation)}), with noise on features and domains that "
                + $"count alike {Share(ofNoisy)} ({Share(noisyValidation)}); with the words of dslr "
                + $"{Share(Mean(without, webcam, webcam.Rows, others[1]))}, of amazon "
                + $"{Share(Mean(without, webcam, webcam.Rows, others[0]))}; {Each(without, webcam, webcam.Rows)}")
            .Judge();
        foreach (OfficeDomain domain in domains)
        {
            FeatureRows fit = domain.Part(0), validation = domain.Part(1), test = domain.Part(2);
            TunedHead head = HeadTuning.Full([fit], [validation], domain.Classes.Count, context.Cancel);
            TunedHead lowRank = HeadTuning.LowRank(fit, validation, domain.Classes.Count, context.Cancel);
            FittedClassifier generated = Generate(with, domain, LearnedWordings, domain);
            double generateSeconds = Timing.Seconds(() => Generate(with, domain, LearnedWordings, domain), Repeats);
            TunedHead brief =
                HeadTuning.Brief(generated, fit, validation, context.Cancel);
            double accuracy = Mean(with, domain, test);
            yield return new($"Office-31, {domain.Name}: generated", accuracy, "share", N: test.Labels.Length,
                Stderr: Math.Sqrt(accuracy * (1 - accuracy) / test.Labels.Length),
                Detail: string.Create(CultureInfo.InvariantCulture,
                    $"+ brief tuning {brief.Accuracy(test):F4}, adapter and head tuned {lowRank.Accuracy(test):F4}, "
                    + $"head tuned {head.Accuracy(test):F4}, another domain's words "
                    + $"{Mean(with, domain, test, domains.First(d => d != domain)):F4}; seconds {generateSeconds:G3}, "
                    + $"{generateSeconds + brief.Seconds:G3}, {lowRank.Seconds:G3}, {head.Seconds:G3}; ratio "
                    + $"{head.Seconds / generateSeconds:F0}; {Each(with, domain, test)}"));
        }
    }

    private static (HypernetworkGenerator Generator, double Seconds) Train(
        HypernetworkStudy study, string name, OfficeDomain[] domains, HypernetworkTrainingOptions setting)
    {
        List<FeatureTask> tasks = [];
        foreach (OfficeDomain domain in domains)
        {
            TaskDescription words = domain.Describe(domain.Classes);
            FeatureRows rows = domain.Part(0);
            tasks.Add(new(
                words with { Wordings = [.. words.Wordings.Take(LearnedWordings)] }, domain.Classes, rows.Columns,
                rows.Features, rows.Labels));
        }
        return study.Keep(name, new HypernetworkPretraining(tasks, sizes: new() { Layers = 0 }, options: setting));
    }

    private static FittedClassifier Generate(
        HypernetworkGenerator generator, OfficeDomain domain, int wording, OfficeDomain described)
    {
        TaskDescription words = described.Describe(domain.Classes);
        return generator.Generate(
            words.Wordings[wording], domain.Classes, new FeaturePreprocessing([], [], []), words);
    }

    /// <summary>The mean accuracy over the wordings that no training had.</summary>
    private static double Mean(
        HypernetworkGenerator generator, OfficeDomain domain, FeatureRows rows, OfficeDomain? described = null) =>
        Enumerable.Range(LearnedWordings, 2).Average(wording =>
        {
            FittedClassifier head = Generate(generator, domain, wording, described ?? domain);
            return Accuracy.Of(head.Spec, head.Parameters, rows);
        });

    /// <summary>The accuracy from each wording; the training had the first three.</summary>
    private static string Each(HypernetworkGenerator generator, OfficeDomain domain, FeatureRows rows) => "wordings "
        + string.Join(", ", Enumerable.Range(0, domain.Describe(domain.Classes).Wordings.Count).Select(wording =>
        {
            FittedClassifier head = Generate(generator, domain, wording, domain);
            return Share(Accuracy.Of(head.Spec, head.Parameters, rows));
        }));

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
