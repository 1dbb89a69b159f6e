using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// All methods on one data set and backbone. Every setting is chosen on other tasks, by training images that are held
/// out.
/// </summary>
internal sealed class HeadStudy
{
    private const int TaskSize = 10, TuningTasks = 10, ChoiceTasks = 50;

    private static readonly double[] s_shrinkages = [0.001, 0.01, 0.1, 0.3, 0.6, 0.9];
    private static readonly double[] s_penalties = [1e-3, 1e-2, 0.1, 1, 10];
    private static readonly double[] s_logistic = [1e-4, 1e-3, 1e-2, 0.1];
    private static readonly TrainingOptions[] s_tuning =
    [
        .. from epochs in new[] { 10, 50 } from rate in new[] { 1e-4f, 1e-3f, 1e-2f }
           select new TrainingOptions { Epochs = epochs, Rate = rate, BatchSize = 64 },
    ];

    private readonly BenchmarkContext _context;
    private readonly HeadData _data, _heldOut;
    private readonly HeadResults _results;
    private readonly int[][] _tasks, _choice;
    private readonly float[]? _ownHead;
    private (float[] All, float[] Kept)? _generic;

    /// <param name="context">The run.</param>
    /// <param name="name">Names its results.</param>
    /// <param name="data">The features.</param>
    /// <param name="ownHead">The head that the backbone was trained with on the same images, if it was.</param>
    public HeadStudy(BenchmarkContext context, string name, HeadData data, float[]? ownHead)
    {
        (_context, _data, _ownHead) = (context, data, ownHead);
        _heldOut = data.HoldOut();
        string file = $"{name.Replace(' ', '-')}{(context.Options.Quick ? ".quick" : "")}.json";
        _results = new HeadResults(Artifacts.Path(context, Path.Combine("heads", file)));
        _tasks = TaskSampler.Draw(data.Classes, TaskSize, context.Choose(10, 100), new(1));
        _choice = TaskSampler.Draw(data.Classes, TaskSize, ChoiceTasks, new(2), _tasks);
    }

    public HeadResult Selection => _results.Get("selection", () =>
    {
        ((float[] all, _), string settings) = ChooseGeneric();
        return new(HeadMethods.Accuracies(_data, _tasks, task => HeadMethods.Select(_data, all, task)), settings);
    });

    public HeadResult Discriminant =>
        _results.Get("discriminant", () => ClosedForm(s_shrinkages, ClosedForms.Discriminant));

    public HeadResult Ridge => _results.Get("ridge", () => ClosedForm(s_penalties, ClosedForms.Ridge));

    public HeadResult FineTuned => _results.Get("fine-tuned", () =>
    {
        (float[] all, float[] kept) = Generic;
        (TrainingOptions best, string figures) = Best(
            s_tuning, o => $"{o.Epochs} epochs {o.Rate:G2}",
            o => HeadMethods.FineTune(_context, _heldOut, _choice[..TuningTasks], kept, o));
        return new(HeadMethods.FineTune(_context, _data, _tasks, all, best), figures);
    });

    public HeadResult Tina => Generated("tina", adapterRank: 0);

    /// <summary>Tina that emits an adapter of the features too, of rank <see cref="HeadTina.AdapterRank"/>.</summary>
    public HeadResult AdaptedTina => Generated("tina with an adapter", HeadTina.AdapterRank);

    private HeadResult Generated(string name, int adapterRank) => _results.Get(name, () =>
    {
        (float[] all, float[] kept) = Generic;
        // Of images that the backbone was trained on, none can be held out.
        (string, TinaTrainingOptions?)[] grid = _ownHead is null ? [.. HeadTina.Grid] : [HeadTina.Grid[1]];
        ((_, TinaTrainingOptions? best), string figures) = Best(grid, s => s.Item1, s =>
        {
            TinaGenerator tried = HeadMethods.Generator(_context, _heldOut, kept, s.Item2, adapterRank);
            return HeadMethods.Accuracies(_heldOut, _choice, task => HeadMethods.Generate(tried, _heldOut, task));
        });
        TinaGenerator generator = HeadMethods.Generator(_context, _data, all, best, adapterRank);
        return new(
            HeadMethods.Accuracies(_data, _tasks, task => HeadMethods.Generate(generator, _data, task)), figures);
    });

    /// <summary>The generic head on all training images, and on those that are not held out.</summary>
    private (float[] All, float[] Kept) Generic => _generic ??= ChooseGeneric().Heads;

    private ((float[] All, float[] Kept) Heads, string Settings) ChooseGeneric()
    {
        if (_ownHead is not null) return ((_ownHead, _ownHead), "the head that it was trained with");
        (string Name, Func<HeadData, float[]> Fit)[] candidates =
        [
            .. s_logistic.Select(p => Candidate($"logistic {p:G2}", data => HeadMethods.Logistic(data, p))),
            .. s_shrinkages.Select(s => Candidate($"discriminant {s:G2}", d => ClosedForms.Discriminant(All(d), s))),
            .. s_penalties.Select(p => Candidate($"ridge {p:G2}", data => ClosedForms.Ridge(All(data), p))),
        ];
        ((_, Func<HeadData, float[]> best), string figures) = Best(candidates, c => c.Name, c =>
        {
            float[] tried = c.Fit(_heldOut);
            return HeadMethods.Accuracies(_heldOut, _choice, task => HeadMethods.Select(_heldOut, tried, task));
        });
        return ((best(_data), best(_heldOut)), figures);

        static (string, Func<HeadData, float[]>) Candidate(string name, Func<HeadData, float[]> fit) => (name, fit);
        LabelledRows All(HeadData data) => Rows(data, [.. Enumerable.Range(0, data.Classes)]);
    }

    private HeadResult ClosedForm(double[] grid, Func<LabelledRows, double, float[]> fit)
    {
        (double best, string figures) = Best(grid, s => $"{s:G2}", s => HeadMethods.Accuracies(
            _heldOut, _choice, task => fit(Rows(_heldOut, task), s)));
        return new(HeadMethods.Accuracies(_data, _tasks, task => fit(Rows(_data, task), best)), figures);
    }

    private LabelledRows Rows(HeadData data, IReadOnlyList<int> task)
    {
        _context.Cancel.ThrowIfCancellationRequested();
        return LabelledRows.Of(data.Train, task);
    }

    /// <summary>The setting of the best mean accuracy, and a sentence with all of them, the best first.</summary>
    private (T Best, string Figures) Best<T>(
        IReadOnlyList<T> candidates, Func<T, string> name, Func<T, double[]> accuracies)
    {
        T middle = candidates[candidates.Count / 2];
        if (_context.Options.Quick || candidates.Count == 1) return (middle, name(middle));
        (T Candidate, double Mean)[] tried =
            [.. candidates.Select(c => (c, accuracies(c).Average())).OrderByDescending(c => c.Item2)];
        foreach ((T candidate, double mean) in tried) _context.Log($"held out: {name(candidate)} {mean:F4}");
        return (tried[0].Candidate, string.Join(", ", tried.Select(c => $"{name(c.Candidate)}: {c.Mean:F4}")));
    }
}
