using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// Fewer features for a generator that never saw so many: 50 of the table's own, those that differ most between its
/// classes, and a basis of the space of its first 50 principal components. They are linear in the features, z = x P, so
/// a network on z becomes one on x, W' = W Pᵀ, and its file and predictions know nothing of this.
/// </summary>
/// <remarks>
/// Neither kind would do alone. Of 500 independent features of three Gaussian classes, 200 rows, the emitted network
/// told 0.53 of other rows right by 100 principal components, 0.68 by the 100 best features, 0.73 by half of each where
/// 5 features matter; 0.98, 0.89 and 0.92 where all do. A random projection came to 0.42 and 0.71, all features to 0.55
/// and 0.97, in time that grows with their cube. Principal components by subspace iteration (Halko et al. 2011,
/// algorithm 4.4).
/// </remarks>
internal sealed class ContextProjection
{
    /// <summary>Features up to which a generator takes a table as it is: the most it was trained with.</summary>
    public const int MostFeatures = 100;

    private const int Best = 50, Components = 50, Iterations = 5;
    private const float LeastDeviation = 1e-3f;   // of a component, against the first one's

    private readonly float[] _projection;   // Pᵀ, (k, F)
    private readonly int _features;

    private ContextProjection(float[] projection, int features, ContextTable table) =>
        (_projection, _features, Table) = (projection, features, table);

    /// <summary>The projected table.</summary>
    public ContextTable Table { get; }

    /// <summary>Finds the projection of a table of more than <see cref="MostFeatures"/> features.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rng">Decides where the search for principal components begins.</param>
    public static ContextProjection Fit(ContextTable table, Rng rng)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        int f = table.Columns;
        Tensor x = Tensor.From(table.Features, [table.Rows, f]);
        float[] projection = [.. BestFeatures(table), .. PrincipalComponents(x, rng)];
        int k = projection.Length / f;
        float[] projected = x.MatMul(Tensor.From(projection, [k, f]).Transpose()).ToArray();
        return new(projection, f, table with { Features = projected, Columns = k });
    }

    /// <summary>Turns the parameters of a network on projected features into those of one on all features.</summary>
    public float[] Unfold(MlpSpec narrow, float[] parameters)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        Tensor projection = Tensor.From(_projection, [Table.Columns, _features]);
        return [.. narrow.Layout.Slots.SelectMany(slot =>
        {
            float[] values = slot.Of(parameters.AsSpan()).ToArray();
            return slot.Name is "hidden1.weight" or "skip.weight"
                ? Tensor.From(values, slot.Shape).MatMul(projection).ToArray()
                : values;
        })];
    }

    /// <summary>Rows of Pᵀ that pick the features with the largest share of variance between classes.</summary>
    private static float[] BestFeatures(ContextTable table)
    {
        int f = table.Columns;
        float[] statistics = FeatureStatistics.Of(table);
        int[] best =
        [
            .. Enumerable.Range(0, f).OrderByDescending(j => FeatureStatistics.BetweenClasses(statistics, j))
                .Take(Best).Order(),
        ];
        float[] rows = new float[Best * f];
        for (int i = 0; i < Best; i++) rows[i * f + best[i]] = 1;
        return rows;
    }

    /// <summary>Rows of Pᵀ that give the principal components of (rows, F), each of deviation 1.</summary>
    private static float[] PrincipalComponents(Tensor x, Rng rng)
    {
        int n = x.Shape[0], f = x.Shape[1], count = Math.Min(Components, n - 1);
        Tensor axes = Tensor.Normal([count, f], rng);
        Orthonormalise(axes.AsSpan(), count, f);
        for (int i = 0; i < Iterations; i++)
        {
            axes = x.MatMul(axes.Transpose()).Transpose().MatMul(x);
            Orthonormalise(axes.AsSpan(), count, f);
        }
        float[] deviations = x.MatMul(axes.Transpose()).Square().Mean(0).Sqrt().ToArray();
        float least = LeastDeviation * deviations.Append(0).Max();
        List<float> rows = [];
        for (int i = 0; i < count; i++)
        {
            if (deviations[i] <= least) continue;   // the rows span fewer dimensions
            foreach (float value in axes.AsSpan().Slice(i * f, f)) rows.Add(value / deviations[i]);
        }
        return [.. rows];
    }

    /// <summary>Gram and Schmidt's process on rows, each taken twice for the sake of rounding.</summary>
    private static void Orthonormalise(Span<float> rows, int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            Span<float> row = rows.Slice(i * length, length);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<float> other = rows.Slice(j * length, length);
                    double dot = Dot(row, other);
                    for (int c = 0; c < length; c++) row[c] -= (float)(dot * other[c]);
                }
                double norm = Math.Sqrt(Dot(row, row));
                if (norm > 0) foreach (ref float value in row) value = (float)(value / norm);
            }
        }
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
