using ML.TextToModel.Training;

namespace ML.TextToModel.Audits;

/// <summary>Finds, for parameters and their classes, what is nearest among the p-models of a zoo.</summary>
public sealed class ZooNeighbours
{
    private readonly ZooSample _zoo;
    private readonly ParameterDistance _distance;
    private readonly ILookup<int, (int Model, int Place)> _rowsOfClass;

    /// <summary>Of a zoo with at least one p-model.</summary>
    public ZooNeighbours(ZooSample zoo)
    {
        (_zoo, _distance) = (zoo, new ParameterDistance(zoo));
        _rowsOfClass = zoo.Entries
            .SelectMany((entry, model) => entry.Classes.Select((c, place) => (Class: c, Model: model, Place: place)))
            .ToLookup(row => row.Class, row => (row.Model, row.Place));
    }

    /// <summary>
    /// The p-model with the least distance in the tensors that are no class rows, the first of equals, and that
    /// distance.
    /// </summary>
    /// <param name="parameters">As many as those of a p-model.</param>
    /// <param name="except">A p-model to pass over, such as the one that the parameters are of.</param>
    public (int Model, double Distance) Nearest(ReadOnlySpan<float> parameters, int? except = null)
    {
        (int Model, double Distance) nearest = (-1, double.PositiveInfinity);
        for (int model = 0; model < _zoo.Entries.Count; model++)
        {
            if (model == except) continue;
            double distance = _distance.Shared(parameters, _zoo.Entries[model].Parameters);
            if (distance < nearest.Distance) nearest = (model, distance);
        }
        return nearest;
    }

    /// <summary>
    /// For each class, the distance of its row to the nearest row of that class in any p-model; the mean over the
    /// classes that some p-model has, null where there are none.
    /// </summary>
    /// <param name="parameters">As many as those of a p-model.</param>
    /// <param name="classes">Their classes in order.</param>
    /// <param name="except">A p-model to pass over.</param>
    public double? NearestRows(float[] parameters, IReadOnlyList<int> classes, int? except = null)
    {
        List<double> distances = [];
        for (int place = 0; place < classes.Count; place++)
        {
            double[] all =
            [
                .. _rowsOfClass[classes[place]].Where(row => row.Model != except).Select(row => _distance.Row(
                    parameters, place, _zoo.Entries[row.Model].Parameters, row.Place)),
            ];
            if (all.Length > 0) distances.Add(all.Min());
        }
        return distances.Count == 0 ? null : distances.Average();
    }

    /// <summary>The p-model with the most classes in common, the first of equals.</summary>
    public int NearestByClasses(IReadOnlyList<int> task) => Enumerable.Range(0, _zoo.Entries.Count)
        .MaxBy(model => _zoo.Entries[model].Classes.Intersect(task).Count());
}
