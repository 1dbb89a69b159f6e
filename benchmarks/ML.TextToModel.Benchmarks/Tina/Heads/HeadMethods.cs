using ML.TextToModel.Encoders;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>The ways to heads for tasks, each on features of one data set.</summary>
internal static class HeadMethods
{
    private const int TasksTogether = 10;

    /// <summary>The accuracy of heads on the test images of each task's classes.</summary>
    public static double[] Accuracies(HeadData data, int[][] tasks, Func<int[], float[]> parameters)
    {
        IExampleSource test = data.Test.Examples(tasks);
        return [.. tasks.Select((task, t) => Accuracy.Of(data.Spec(task.Length), parameters(task), test, t))];
    }

    /// <summary>The rows of a generic head that a task asks for.</summary>
    public static float[] Select(HeadData data, float[] generic, int[] task) =>
        ClassifierSelection.Select(data.Spec(data.Classes), generic, data.Spec(task.Length), task);

    /// <summary>Multinomial logistic regression of all classes.</summary>
    /// <param name="data">The features.</param>
    /// <param name="penalty">That of squared weights, in units of the mean square of a feature.</param>
    public static float[] Logistic(HeadData data, double penalty)
    {
        double square = 0;
        foreach (float value in data.Train.Values) square += (double)value * value / data.Train.Values.Length;
        return LogisticRegression.Fit(
            data.Train.Values, [.. data.Train.Labels], data.Classes, penalty * square, steps: 100);
    }

    /// <summary>Each task's accuracy after fine-tuning of the generic head's rows.</summary>
    public static double[] FineTune(
        BenchmarkContext context, HeadData data, int[][] tasks, float[] generic, TrainingOptions options)
    {
        List<double> accuracies = [];
        foreach (int[][] chunk in tasks.Chunk(TasksTogether))
        {
            context.Cancel.ThrowIfCancellationRequested();
            LinearSpec spec = data.Spec(chunk[0].Length);
            ClassifierTraining training = new(
                spec, [.. chunk.Select(task => Select(data, generic, task))], data.Train.Examples(chunk), options,
                seed: 7 + (ulong)accuracies.Count);
            while (training.Step < training.TotalSteps) training.Advance();
            IExampleSource test = data.Test.Examples(chunk);
            accuracies.AddRange(chunk.Select((_, t) => Accuracy.Of(spec, training.Vector(t), test, t)));
        }
        return [.. accuracies];
    }

    /// <summary>A generator of heads, trained from the generic head by the loss of the heads that it makes.</summary>
    public static TinaGenerator Generator(
        BenchmarkContext context, HeadData data, float[] generic, TinaTrainingOptions? options, int adapterRank)
    {
        FittedClassifier start = new(
            data.Spec(data.Classes), generic, data.Train.ClassNames, new BackbonePreprocessing(data.Backbone));
        TinaPretraining training = new(
            start, data.Images, WordTextEncoder.Shipped,
            new() { Width = 128, Layers = 2, Heads = 4, Hidden = 256, AdapterRank = adapterRank },
            options ?? new() { Ridge = HeadTina.Ridge }, seed: 1, prepared: data.Train, cancel: context.Cancel);
        if (options is not null) training.Run(null, null, context.Cancel);
        return training.Generator();
    }

    /// <summary>The head that a generator makes of the names of a task's classes.</summary>
    public static float[] Generate(TinaGenerator generator, HeadData data, int[] task) =>
        generator.Generate([.. task.Select(c => new ClassText(data.Train.ClassNames[c]))]).Parameters.ToArray();
}
