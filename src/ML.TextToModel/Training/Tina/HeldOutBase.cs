using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Training;

/// <summary>
/// A base of class rows that learns to predict rows of classes it does not know. Its parameters are a row for each
/// known class; in a task, some classes are held out, and the base of all rows is the ridge regression on conditions
/// that is fitted without those (a closed-form learner in the loop of training: Bertinetto et al. 2019, arXiv
/// 1805.08136).
/// </summary>
internal sealed class HeldOutBase
{
    /// <summary>The name of the rows among parameters that are trained.</summary>
    public const string RowsName = "base.known_rows";

    private const double DefaultPenalty = 3;   // docs/decisions/0009

    private readonly float[] _inputs;
    private readonly double[] _products;   // (N, N), of the inputs of known classes
    private readonly Dictionary<int, int> _places;
    private readonly double _penalty;

    /// <summary>Starts with the rows of a generic model.</summary>
    /// <param name="network">Says what the regression is on.</param>
    /// <param name="conditions">The condition of each class, one after the other.</param>
    /// <param name="rows">The row of each class, one after the other.</param>
    /// <param name="known">The known classes.</param>
    /// <param name="penalty">The ridge.</param>
    public HeldOutBase(
        TinaNetwork network, float[] conditions, float[] rows, IReadOnlyList<int> known, double penalty)
    {
        _penalty = penalty;
        int classes = conditions.Length / network.Options.ConditionLength, length = rows.Length / classes;
        Rows = Tensor.From([.. known.SelectMany(c => rows[(c * length)..((c + 1) * length)])], [known.Count, length]);
        Rows.RequiresGradient = true;
        float[] all = network.BaseFeatures(
            Tensor.From(conditions, [1, classes, network.Options.ConditionLength])).ToArray();
        int inputs = all.Length / classes;
        _inputs = [.. known.SelectMany(c => all[(c * inputs)..((c + 1) * inputs)])];
        _places = known.Index().ToDictionary(c => c.Item, c => c.Index);
        _products = new double[known.Count * known.Count];
        for (int i = 0; i < known.Count; i++)
            for (int j = 0; j < known.Count; j++)
                for (int k = 0; k < inputs; k++)
                    _products[i * known.Count + j] += (double)_inputs[i * inputs + k] * _inputs[j * inputs + k];
    }

    /// <summary>The same for the class rows of a generic model, with a penalty of 3 where none is given.</summary>
    public static HeldOutBase From(
        FittedClassifier generic, TinaNetwork network, float[] conditions, IReadOnlyList<int> known, double? penalty)
    {
        float[] parameters = generic.Parameters.ToArray();
        TokenValues values = new ParameterTokens(generic.Spec, network.Options.ChunkSize, classRows: true)
            .Split(Tensor.From(parameters, [1, parameters.Length]));
        return new HeldOutBase(network, conditions, values.Rows.ToArray(), known, penalty ?? DefaultPenalty);
    }

    /// <summary>A row for each known class, (N, R): what is trained.</summary>
    public Tensor Rows { get; }

    /// <summary>The base of class rows of some tasks, (T, C, R).</summary>
    /// <param name="tasks">The classes of each task.</param>
    /// <param name="share">Each class is held out with this probability.</param>
    /// <param name="rng">Decides which.</param>
    public Tensor Of(int[][] tasks, float share, Rng rng)
    {
        int size = tasks[0].Length, n = Rows.Shape[0];
        float[] weights = new float[tasks.Length * size * n];
        for (int t = 0; t < tasks.Length; t++)
        {
            int[] places = [.. tasks[t].Select(c => _places[c])];
            HashSet<int> heldOut = [.. places.Where(_ => rng.NextDouble() < share)];
            int[] fitted = [.. Enumerable.Range(0, n).Where(place => !heldOut.Contains(place))];
            Weigh(places, fitted, weights.AsSpan(t * size * n, size * n));
        }
        return Tensor.From(weights, [tasks.Length * size, n]).MatMul(Rows).Reshape(tasks.Length, size, Rows.Shape[1]);
    }

    /// <summary>Writes the regression on all known classes where a network has it.</summary>
    /// <param name="rows">The rows, (N, R).</param>
    /// <param name="parameters">Weights of the network, which are overwritten.</param>
    public void Fit(Tensor rows, ParameterSet parameters)
    {
        int n = rows.Shape[0];
        (float[] weight, float[] bias) =
            TinaStart.Ridge(_inputs, rows.ToArray(), n, [.. Enumerable.Range(0, n)], _penalty);
        weight.CopyTo(parameters[TinaNetwork.BaseRowWeight].AsSpan());
        bias.CopyTo(parameters[TinaNetwork.BaseRowBias].AsSpan());
    }

    /// <summary>
    /// The weights of the fitted classes' rows in the regression at other classes: with inputs minus the mean of the
    /// fitted ones, x Xᵀ (X Xᵀ + λ I)⁻¹ + 1/n.
    /// </summary>
    private void Weigh(int[] places, int[] fitted, Span<float> weights)
    {
        int n = fitted.Length, all = Rows.Shape[0];
        double[] mean = new double[all];   // of the products of each class with the fitted ones
        for (int i = 0; i < all; i++) mean[i] = fitted.Average(j => _products[i * all + j]);
        double mid = fitted.Average(i => mean[i]);
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) gram[i * n + j] = Centred(fitted[i], fitted[j]);
            gram[i * n + i] += _penalty;
        }
        double[] inverse = SymmetricMatrix.Invert(gram, n);
        for (int p = 0; p < places.Length; p++)
            for (int j = 0; j < n; j++)
            {
                double sum = 1.0 / n;
                for (int i = 0; i < n; i++) sum += Centred(places[p], fitted[i]) * inverse[i * n + j];
                weights[p * all + fitted[j]] = (float)sum;
            }

        double Centred(int i, int j) => _products[i * all + j] - mean[i] - mean[j] + mid;
    }
}
