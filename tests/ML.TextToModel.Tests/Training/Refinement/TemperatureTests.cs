using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

public sealed class TemperatureTests
{
    [Theory, InlineData(0.5), InlineData(1), InlineData(5)]
    public void The_temperature_of_labels_drawn_by_it_is_found(double temperature)
    {
        const int rows = 20_000, classes = 3;
        Rng rng = new(1);
        float[] logits = new float[rows * classes];
        rng.FillNormal(logits, 0, 2 * temperature);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] weights = new double[classes];
            for (int c = 0; c < classes; c++) weights[c] = Math.Exp(logits[row * classes + c] / temperature);
            double left = rng.NextDouble() * weights.Sum();
            while ((left -= weights[labels[row]]) > 0) labels[row]++;
        }
        Assert.Equal(temperature, Temperature.Fit(logits, labels), 0.05 * temperature);
    }

    [Fact]
    public void Applied_it_divides_the_logits()
    {
        MlpSpec spec = new() { Inputs = 3, Hidden = [4], Classes = 2, Skip = true };
        float[] parameters = spec.Initialize(new Rng(1));
        FeatureRows rows = new([1, 2, 3, -1, 0, 1], 3, [0, 1]);
        float[] before = FineTuning.Logits(spec, parameters, rows);
        float[] after = FineTuning.Logits(spec, Temperature.Apply(spec, parameters, 2.5), rows);
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] / 2.5, after[i], 1e-5);
    }
}
