using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>Rows whose features get fresh normal noise of a deviation each time.</summary>
internal sealed class NoisyRows(FeatureRows rows, double deviation) : IExampleSource
{
    public int Tasks => 1;

    public Shape InputShape => [rows.Columns];

    public int Count(int task) => rows.Labels.Length;

    public int Label(int task, int example) => rows.Labels[example];

    public void Fill(int task, ReadOnlySpan<int> examples, Rng? augmentation, Span<float> inputs)
    {
        rows.Fill(task, examples, augmentation, inputs);
        if (augmentation is null || deviation == 0) return;
        foreach (ref float value in inputs) value += (float)(deviation * augmentation.NextNormal());
    }
}
