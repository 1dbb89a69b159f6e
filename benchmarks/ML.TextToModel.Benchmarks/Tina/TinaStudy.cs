using System.Diagnostics.CodeAnalysis;
using ML.TextToModel.Benchmarks.Engine;
using ML.TextToModel.Encoders;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>Images, tasks, the generic model and the generator, which several checks share.</summary>
internal sealed class TinaStudy
{
    public const int TaskSize = 10;

    private const int QuickTasks = 10, AllTasks = 100;

    private readonly ImageExamples _test;

    private TinaStudy(
        BenchmarkContext context, ImageData data, CnnSpec architecture, Func<TinaStudy, TinaGenerator> generator)
    {
        (Context, Data) = (context, data);
        GenericSpec = architecture with { Classes = data.Train.ClassNames.Count };
        GenericParameters = GenericCnn.LoadOrTrain(context, data, architecture: architecture);
        Tasks = Draw(context.Choose(QuickTasks, AllTasks), seed: 1);
        _test = data.TestExamples(null);
        Generator = generator(this);
    }

    public BenchmarkContext Context { get; }

    public ImageData Data { get; }

    public TinaGenerator Generator { get; }

    /// <summary>The architecture of the generic model, of all classes.</summary>
    public CnnSpec GenericSpec { get; }

    /// <summary>The parameters of the generic model.</summary>
    public float[] GenericParameters { get; }

    /// <summary>Tasks of ten classes, the same as those of the baselines.</summary>
    public int[][] Tasks { get; }

    public bool Complete => !Context.Options.Quick;

    /// <summary>The generic model, of all classes.</summary>
    public FittedClassifier Generic => new(GenericSpec, GenericParameters, Data.Train.ClassNames, Data.Preprocessing);

    public static bool TryOpen(
        BenchmarkContext context, [NotNullWhen(true)] out TinaStudy? study, [NotNullWhen(false)] out string? why)
    {
        study = null;
        if (!ImageData.TryLoad(out ImageData? data, out why)) return false;
        try
        {
            study = new TinaStudy(context, data, GenericCnn.Architecture, _ => context.Options.Generator is { } file
                ? TinaGenerator.Load(file)
                : TinaGenerator.Shipped);
            return true;
        }
        catch (ModelInputException e)
        {
            why = e.Message;
            return false;
        }
    }

    /// <summary>The same images and tasks for CNNs of another architecture.</summary>
    public TinaStudy With(CnnSpec architecture, Func<TinaStudy, TinaGenerator> generator) =>
        new(Context, Data, architecture, generator);

    /// <summary>The same for other images.</summary>
    public TinaStudy With(ImageData data, Func<TinaStudy, TinaGenerator> generator) =>
        new(Context, data, GenericCnn.Architecture, generator);

    /// <summary>Some tasks of ten classes.</summary>
    public int[][] Draw(int count, ulong seed) =>
        TaskSampler.Draw(Data.Train.ClassNames.Count, TaskSize, count, new(seed));

    public string Name(int c) => Data.Train.ClassNames[c];

    /// <summary>The generated classifier of a task.</summary>
    public FittedClassifier Generate(int[] task, TinaGeneratorOptions? options = null) =>
        Generate(Generator, task, options);

    /// <summary>The classifier of a task by another generator.</summary>
    public FittedClassifier Generate(TinaGenerator generator, int[] task, TinaGeneratorOptions? options = null) =>
        generator.Generate([.. task.Select(c => new ClassText(Name(c)))], options, Context.Cancel);

    /// <summary>The rows of the generic model that a task asks for.</summary>
    public float[] Select(int[] task) =>
        ClassifierSelection.Select(GenericSpec, GenericParameters, GenericSpec with { Classes = task.Length }, task);

    /// <summary>The accuracy of parameters on all test images of each task's classes.</summary>
    public double[] Accuracies(IReadOnlyList<int[]> tasks, Func<int[], float[]> parameters)
    {
        ImageExamples test = _test.With(tasks);
        return
        [
            .. tasks.Select((task, t) => Accuracy.Of(
                GenericSpec with { Classes = task.Length }, parameters(task), test, t, Context.Cancel)),
        ];
    }

    /// <summary>A mean accuracy with its standard error.</summary>
    public static BenchmarkRow Row(string check, double[] accuracies, string? detail = null)
    {
        (double mean, double error) = SampleMean.Of(accuracies);
        return new(check, mean, "share", Stderr: error, N: accuracies.Length, Detail: detail);
    }

    /// <summary>The mean difference of two methods on the same tasks, in points, with its standard error.</summary>
    public static string Gain(double[] accuracies, double[] other)
    {
        (double mean, double error) = SampleMean.Of([.. accuracies.Zip(other, (a, b) => 100 * (a - b))]);
        return $"{mean:+0.00;-0.00} ± {error:F2} points";
    }
}
