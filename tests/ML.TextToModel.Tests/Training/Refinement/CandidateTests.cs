using ML.TextToModel.Datasets;
using ML.TextToModel.Datasets.Tests;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

/// <summary>What candidates make of the networks that they start from.</summary>
public sealed class CandidateTests
{
    [Fact]
    public void A_refitted_last_layer_is_the_logistic_regression_of_units_and_features()
    {
        CandidateFits fits = new(Table(90, classes: 3), new Rng(3));
        EmittedCandidate start = new(Random, members: 1, contextRows: 100);
        FittedNetwork before = fits.Of(start, CancellationToken.None);
        RefittedCandidate[] all = [.. RefittedCandidate.All(start)];
        double[] losses = [.. all.Select(one => Loss(fits, fits.Of(one, CancellationToken.None)))];
        Assert.Equal(3, losses.Length);
        Assert.True(losses[0] < Loss(fits, before));
        Assert.True(losses[1] < losses[0] && losses[2] < losses[1], "a weaker penalty fits the known rows better");
        FittedNetwork after = fits.Of(all[^1], CancellationToken.None);
        foreach (string kept in new[] { "hidden1.weight", "hidden1.bias" })
            Assert.Equal(
                before.Spec.Layout[kept].Of(before.Parameters.AsSpan()),
                after.Spec.Layout[kept].Of(after.Parameters.AsSpan()));
        // At the minimum of a convex function no small change of the last layer helps.
        Rng rng = new(8);
        foreach (string slot in new[] { "head.bias", "head.weight", "skip.weight" })
        {
            float[] moved = [.. after.Parameters];
            foreach (ref float value in after.Spec.Layout[slot].Of(moved.AsSpan()))
                value += (float)(0.3 * rng.NextNormal());
            Assert.True(Loss(fits, after with { Parameters = moved }) > losses[^1]);
        }
    }

    [Fact]
    public void Networks_of_single_classes_side_by_side_give_their_log_odds()
    {
        CandidateFits fits = new(Table(60, classes: 4), new Rng(3));
        List<(MlpSpec Spec, float[] Parameters)> emitted = [];
        PerClassCandidate candidate = new(
            (table, rng) =>
            {
                Assert.Equal(2, table.Classes);
                Assert.Equal(15, table.Labels.Count(label => label == 1));
                emitted.Add(Random(table, rng));
                return emitted[^1];
            },
            contextRows: 100);
        FittedNetwork merged = fits.Of(candidate, CancellationToken.None);
        float[] logits = FineTuning.Logits(merged.Spec, merged.Parameters, fits.Table.Rows);
        for (int c = 0; c < 4; c++)
        {
            float[] own = FineTuning.Logits(emitted[c].Spec, emitted[c].Parameters, fits.Table.Rows);
            for (int row = 0; row < 60; row++)
                Assert.Equal(own[2 * row + 1] - own[2 * row], logits[4 * row + c], 1e-4f);
        }
    }

    private static (MlpSpec Spec, float[] Parameters) Random(ContextTable table, Rng rng)
    {
        MlpSpec spec = new() { Inputs = table.Columns, Hidden = [5], Classes = table.Classes, Skip = true };
        return (spec, spec.Initialize(rng));
    }

    private static double Loss(CandidateFits fits, FittedNetwork network)
    {
        FeatureRows rows = fits.Table.Rows;
        return Temperature.CrossEntropy(
            FineTuning.Logits(network.Spec, network.Parameters, rows), rows.Labels, factor: 1);
    }

    private static PreparedTable Table(int rows, int classes)
    {
        Rng rng = new(11);
        string csv = "x,y,label\n" + string.Concat(Enumerable.Range(0, rows).Select(i => FormattableString.Invariant(
            $"{rng.NextNormal() + i % classes:F3},{rng.NextNormal():F3},class {i % classes}\n")));
        using MemoryStream stream = TestInput.Utf8(csv);
        TableSample sample = TableSample.From(
            Datasets.Table.Load(stream, new TableOptions { Label = "label" }));
        return PreparedTable.Of(sample, quantiles: false)!;
    }
}
