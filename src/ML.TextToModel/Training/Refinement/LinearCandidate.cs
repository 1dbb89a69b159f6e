using System.Globalization;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Regularised logistic regression, its penalty chosen by held-out rows.</summary>
internal static class LinearCandidate
{
    private const int SearchRows = 4_000;   // more do not change which penalty is best
    private const int SearchSteps = 40, Steps = 60;

    private static readonly double[] s_penalties = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 1e-4];   // the strongest first

    /// <summary>The best of several penalties.</summary>
    public static Candidate Fit(PreparedTable table, FeatureRows validation, Rng rng, CancellationToken cancel)
    {
        LinearSpec spec = Spec(table);
        FeatureRows rows = table.Some(SearchRows, rng);
        (double Penalty, float[] Parameters, double Loss) best = (0, [], double.PositiveInfinity);
        float[]? before = null;
        foreach (double penalty in s_penalties)
        {
            // A weaker penalty starts where a stronger one ended.
            before = LogisticRegression.Fit(
                rows.Features, rows.Labels, table.Classes, penalty, before, SearchSteps, cancel);
            float[] logits = FineTuning.Logits(spec, before, validation);
            double loss = Temperature.CrossEntropy(
                logits, validation.Labels, 1 / Temperature.Fit(logits, validation.Labels));
            if (loss < best.Loss) best = (penalty, before, loss);
        }
        string name = string.Create(
            CultureInfo.InvariantCulture, $"logistic regression, penalty {best.Penalty:G1}");
        return new Candidate(name, spec, best.Parameters, Again).Validate(validation);

        Candidate Again(PreparedTable all) => new(
            name, Spec(all),
            LogisticRegression.Fit(
                all.Rows.Features, all.Rows.Labels, all.Classes, best.Penalty, null, Steps, cancel),
            Again);
    }

    private static LinearSpec Spec(PreparedTable table) =>
        new() { Inputs = table.Rows.Columns, Classes = table.Classes };
}
