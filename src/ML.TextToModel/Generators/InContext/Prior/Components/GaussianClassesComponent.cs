using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Classes with normally distributed columns, the models behind linear and quadratic discriminants: first the class is
/// drawn, then the row around its mean, with a covariance of all classes or of its own (low rank plus diagonal).
/// </summary>
internal sealed class GaussianClassesComponent : ITableComponent
{
    private const double OwnCovariance = 0.5;
    private const double LeastSeparation = 1.3, MostSeparation = 6;   // typical distance of two means, in deviations
    private const int MostFactors = 4;

    /// <inheritdoc/>
    public string Name => "gaussian-classes";

    /// <inheritdoc/>
    public void Fill(Rng rng, TableDraft draft)
    {
        DrawLabels(rng, draft);
        int columns = draft.Columns.Length, factors = rng.NextInt(0, MostFactors + 1);
        int informative = rng.LogUniformInt(1, columns);
        double separation = rng.LogUniform(LeastSeparation, MostSeparation) / Math.Sqrt(2 * informative);
        bool own = rng.Chance(OwnCovariance);
        float[][] hidden = TableDraft.NewColumns(factors, draft.Rows);
        foreach (float[] factor in hidden) NormalTable.Fill(rng, factor);

        float[] means = new float[draft.Classes], deviations = new float[draft.Classes];
        float[] loadings = new float[draft.Classes];
        int[] order = rng.Permutation(columns);
        for (int j = 0; j < columns; j++)
        {
            float[] column = draft.Columns[j];
            NormalTable.Fill(rng, column);
            Draw(rng, deviations, own, () => Math.Exp(0.5 * rng.NextNormal()));
            for (int i = 0; i < column.Length; i++) column[i] *= deviations[draft.Labels[i]];
            foreach (float[] factor in hidden)
            {
                Draw(rng, loadings, own, rng.NextNormal);
                for (int i = 0; i < column.Length; i++) column[i] += loadings[draft.Labels[i]] * factor[i];
            }
            if (order[j] >= informative) continue;
            rng.FillNormal(means, 0, separation);
            for (int i = 0; i < column.Length; i++) column[i] += means[draft.Labels[i]];
        }
    }

    private static void DrawLabels(Rng rng, TableDraft draft)
    {
        double[] shares = rng.Shares(draft.Classes, rng.Chance(0.5) ? 0 : rng.NextUniform(0, 1));
        draft.Labels = new int[draft.Rows];
        for (int i = 0; i < draft.Rows; i++) draft.Labels[i] = rng.Pick(shares);
    }

    /// <summary>One value for each class, or one for all.</summary>
    private static void Draw(Rng rng, float[] values, bool own, Func<double> next)
    {
        values[0] = (float)next();
        for (int c = 1; c < values.Length; c++) values[c] = own ? (float)next() : values[0];
    }
}
