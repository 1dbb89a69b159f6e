using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Audits;

/// <summary>The part of an audit that compares with a zoo.</summary>
internal sealed class ZooAudit
{
    private const int MostPModels = 200;   // of the comparisons within the zoo

    private readonly FittedClassifier _generic;
    private readonly ImageExamples _images;
    private readonly Rng _rng;
    private readonly ZooSample _aligned;
    private readonly ZooMemory _memory;
    private readonly ZooNeighbours _neighbours;
    private readonly Distances _shared = new(), _rows = new();
    private readonly List<double> _byParameters = [], _byClasses = [], _bySelection = [], _amongZoo = [];

    public ZooAudit(ZooSample zoo, FittedClassifier generic, ImageExamples images, Rng rng)
    {
        (_generic, _images, _rng) = (generic, images, rng);
        _memory = new ZooMemory(zoo, generic);
        _aligned = CommonPart.Align(zoo, generic);
        _neighbours = new ZooNeighbours(_aligned);
    }

    /// <summary>Examines one task.</summary>
    /// <param name="scores">Receives the accuracies.</param>
    /// <param name="index">The number of the task.</param>
    /// <param name="task">Its classes.</param>
    /// <param name="parameters">What was generated for it.</param>
    /// <param name="generated">The labels that it gives.</param>
    /// <param name="selected">Those of classifier selection.</param>
    public void Add(TaskScores scores, int index, int[] task, float[] parameters, int[] generated, int[] selected)
    {
        float[] aligned = CommonPart.Align(parameters, task, _generic);
        (int model, double distance) = _neighbours.Nearest(aligned);
        float[] selection = ClassifierSelection.Select(_generic.Spec, _generic.Parameters, _aligned.Spec, task);
        _shared.Add(distance, _neighbours.Nearest(selection).Distance);
        if (_neighbours.NearestRows(aligned, task) is { } rows)
            _rows.Add(rows, _neighbours.NearestRows(selection, task)!.Value);

        int[] byParameters = scores.Add(AuditMethod.NearestByParameters, index, _memory.PModel(model, task));
        float[] nearest = _memory.PModel(_neighbours.NearestByClasses(task), task);
        int[] byClasses = scores.Add(AuditMethod.NearestByClasses, index, nearest);
        scores.Add(
            AuditMethod.NearestWithNoise, index, _memory.WithNoise(nearest, _rng.Split("noise").Split((ulong)index)));
        scores.Add(AuditMethod.Averaged, index, _memory.Mean);
        scores.Add(AuditMethod.AveragedWithSelectedRows, index, _memory.MeanWithSelectedRows(task));
        _byParameters.Add(scores.Overlap(index, generated, byParameters));
        _byClasses.Add(scores.Overlap(index, generated, byClasses));
        _bySelection.Add(scores.Overlap(index, selected, byParameters));
    }

    /// <summary>Compares p-models with one another, at most two hundred of them with all.</summary>
    public ZooComparison Report(IProgress<AuditProgress>? progress, CancellationToken cancel)
    {
        int[] models = [.. Enumerable.Range(0, _aligned.Entries.Count)];
        if (models.Length > MostPModels) models = _rng.Split("p-models").Permutation(models.Length)[..MostPModels];
        ImageExamples images = _images.With([.. models.Select(model => _aligned.Entries[model].Classes)]);
        TaskScores scores = new(_aligned.Spec, images, cancel);
        for (int i = 0; i < models.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            (int[] classes, float[] parameters) = _aligned.Entries[models[i]];
            (int nearest, double distance) = _neighbours.Nearest(parameters, except: models[i]);
            _shared.AddAmongZoo(distance);
            if (_neighbours.NearestRows(parameters, classes, except: models[i]) is { } rows) _rows.AddAmongZoo(rows);
            _amongZoo.Add(scores.Overlap(
                i, scores.Predict(i, parameters), scores.Predict(i, _memory.PModel(nearest, classes))));
            progress?.Report(new("p-models", i + 1, models.Length));
        }
        return new ZooComparison(
            _aligned.Entries.Count, _shared.Report()!, _rows.Report(),
            new ErrorOverlaps(
                SampleMean.Of(_byParameters), SampleMean.Of(_byClasses), SampleMean.Of(_bySelection),
                SampleMean.Of(_amongZoo)));
    }

    /// <summary>Collects distances to nearest p-models.</summary>
    private sealed class Distances
    {
        private const int LowShare = 20;   // one in so many

        private readonly List<double> _generated = [], _selected = [], _amongZoo = [];

        public void Add(double generated, double selected)
        {
            _generated.Add(generated);
            _selected.Add(selected);
        }

        public void AddAmongZoo(double distance) => _amongZoo.Add(distance);

        public NearestDistances? Report()
        {
            if (_generated.Count == 0 || _amongZoo.Count == 0) return null;
            double low = _amongZoo.Order().ElementAt(_amongZoo.Count / LowShare);
            return new NearestDistances(
                Median(_generated), Median(_amongZoo), low,
                (double)_generated.Count(distance => distance < low) / _generated.Count, Median(_selected));
        }

        private static double Median(List<double> values)
        {
            double[] sorted = [.. values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
