using System.Globalization;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>Logistic regression with a penalty.</summary>
internal sealed class LinearCandidate : Candidate
{
    private const int Steps = 60, StepsFromStronger = 40;

    private static readonly double[] s_penalties = [3e-1, 1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 1e-4];

    private readonly double _penalty;
    private readonly LinearCandidate? _stronger;

    private LinearCandidate(double penalty, LinearCandidate? stronger) => (_penalty, _stronger) = (penalty, stronger);

    /// <inheritdoc/>
    public override string Name =>
        string.Create(CultureInfo.InvariantCulture, $"logistic regression, penalty {_penalty:G1}");

    /// <summary>One for each of several penalties, the strongest first.</summary>
    public static IEnumerable<LinearCandidate> All()
    {
        LinearCandidate? stronger = null;
        foreach (double penalty in s_penalties) yield return stronger = new LinearCandidate(penalty, stronger);
    }

    /// <inheritdoc/>
    /// <remarks>A weaker penalty starts where a stronger one ended, if that was tried.</remarks>
    public override FittedNetwork Fit(CandidateFits fits, CancellationToken cancel)
    {
        FeatureRows rows = fits.LinearRows;
        float[]? start = fits.Known(_stronger)?.Parameters;
        float[] parameters = LogisticRegression.Fit(
            rows.Features, rows.Labels, fits.Table.Classes, _penalty, start, start is null ? Steps : StepsFromStronger,
            cancel);
        return new(new LinearSpec { Inputs = rows.Columns, Classes = fits.Table.Classes }, parameters);
    }
}
