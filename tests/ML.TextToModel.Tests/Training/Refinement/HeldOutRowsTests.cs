using System.Text;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

public sealed class HeldOutRowsTests
{
    [Fact]
    public void Cross_validation_holds_out_every_row_once()
    {
        PreparedTable sample = Sample([.. Enumerable.Range(0, 100).Select(row => row % 3)]);
        Recorder candidate = new();
        HeldOutRows.Of(sample, 0.2, most: 5, new Rng(1))!.Score(candidate, TestContext.Current.CancellationToken);
        Assert.Equal(5, candidate.Known.Count);
        Assert.All(candidate.Known, known => Assert.Equal(80, known.Length));
        Assert.All(Enumerable.Range(0, 100), row => Assert.Equal(4, candidate.Known.Count(k => k.Contains(row))));
    }

    [Fact]
    public void Some_parts_may_be_held_out_in_turn()
    {
        Recorder candidate = new();
        HeldOutRows.Of(Sample([.. Enumerable.Range(0, 100).Select(row => row % 3)]), 0.2, most: 3, new Rng(1))!
            .Score(candidate, TestContext.Current.CancellationToken);
        Assert.Equal(3, candidate.Known.Count);
        Assert.Equal(60, Enumerable.Range(0, 100).Count(row => candidate.Known.Any(known => !known.Contains(row))));
    }

    [Fact]
    public void One_part_may_be_held_out()
    {
        PreparedTable sample = Sample([.. Enumerable.Range(0, 100).Select(row => row % 3)]);
        Recorder candidate = new();
        HeldOutRows heldOut = HeldOutRows.Of(sample, 0.3, most: 1, new Rng(1))!;
        heldOut.Score(candidate, TestContext.Current.CancellationToken);
        Assert.Equal(70, Assert.Single(candidate.Known).Length);
        Assert.Equal(70, heldOut.KnownRows);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(5)]
    public void A_class_is_never_held_out_as_a_whole(int parts)
    {
        int[] labels = [.. Enumerable.Repeat(0, 60), 1, .. Enumerable.Repeat(2, 2)];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Recorder candidate = new();
            HeldOutRows.Of(Sample(labels), 0.2, parts, new Rng(seed))!
                .Score(candidate, TestContext.Current.CancellationToken);
            Assert.All(candidate.Known, known => Assert.Equal(3, known.Select(row => labels[row]).Distinct().Count()));
        }
    }

    [Fact]
    public void A_score_is_the_cross_entropy_of_the_held_out_rows_at_the_best_temperature()
    {
        int[] labels = [.. Enumerable.Range(0, 200).Select(row => row % 4 == 0 ? 1 : 0)];
        ScoredCandidate score = HeldOutRows.Of(Sample(labels), 0.2, most: 5, new Rng(1))!
            .Score(new Recorder { Logit = 1000 }, TestContext.Current.CancellationToken);
        // The best that the same answer for all rows can do is to be right in three quarters of them; the temperature
        // ends at its bound of 20.
        double p = 1 / (1 + Math.Exp(-1000 / 20.0));
        Assert.Equal(-(0.75 * Math.Log(p) + 0.25 * -1000 / 20.0), score.Loss, 0.05);
        Assert.Equal(20, score.Temperature, 0.1);
    }

    [Fact]
    public void Rows_without_which_no_column_differs_stay()
    {
        // Only the last row differs in the only column.
        string csv = "number,label\n" + string.Concat(
            Enumerable.Range(0, 60).Select(row => $"{(row == 59 ? "2.5" : "1.5")},class {row % 2}\n"));
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv));
        PreparedTable table = PreparedTable.Of(
            TableSample.From(Table.Load(stream, new TableOptions { Label = "label" })), quantiles: false)!;
        Recorder candidate = new();
        HeldOutRows.Of(table, 0.2, most: 5, new Rng(1))!.Score(candidate, TestContext.Current.CancellationToken);
        Assert.Equal(4, candidate.Known.Count);
        Assert.All(candidate.Known, known => Assert.Contains(2, known));
    }

    [Fact]
    public void Of_too_few_rows_none_are_held_out()
    {
        Assert.Null(HeldOutRows.Of(Sample([0, 1, 0, 1, 0, 1, 0, 1, 0]), 0.2, most: 5, new Rng(1)));
        Assert.Null(HeldOutRows.Of(Sample([.. Enumerable.Repeat(0, 40), 1]), 0.2, most: 1, new Rng(1)));
        Assert.Null(HeldOutRows.Of(Sample([.. Enumerable.Range(0, 100).Select(r => r % 2)]), 0, 5, new Rng(1)));
    }

    /// <summary>Its only column holds the number of the row, and a half.</summary>
    private static PreparedTable Sample(int[] labels)
    {
        IEnumerable<string> lines = labels.Select((label, row) => $"{row}.5,class {label}");
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend("number,label"))));
        return PreparedTable.Of(
            TableSample.From(Table.Load(stream, new TableOptions { Label = "label" })), quantiles: false)!;
    }

    /// <summary>Notes the rows that it is fitted to, and answers the first class.</summary>
    private sealed class Recorder : Candidate
    {
        public List<int[]> Known { get; } = [];

        public float Logit { get; init; } = 1;

        public override string Name => "recorder";

        public override FittedNetwork Fit(CandidateFits fits, CancellationToken cancel)
        {
            TableSample sample = fits.Table.Sample;
            Known.Add([.. Enumerable.Range(0, sample.Rows).Select(row => (int)sample.Row(row)[0])]);
            LinearSpec spec = new() { Inputs = fits.Table.Rows.Columns, Classes = sample.Classes.Count };
            float[] parameters = new float[spec.Layout.Count];
            spec.Layout["head.bias"].Of(parameters.AsSpan())[0] = Logit;
            return new(spec, parameters);
        }
    }
}
