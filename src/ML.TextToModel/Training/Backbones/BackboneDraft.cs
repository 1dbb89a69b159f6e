using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>A backbone that grows step by step.</summary>
internal sealed class BackboneDraft
{
    private readonly List<BackboneStep> _steps = [];
    private readonly List<float> _weights = [];

    /// <summary>Adds a step with its weights.</summary>
    /// <returns>The number of its value.</returns>
    public int Add(BackboneStep step, params ReadOnlySpan<float[]> weights)
    {
        _steps.Add(step);
        foreach (float[] values in weights) _weights.AddRange(values);
        return _steps.Count;
    }

    public Backbone Build(string name, int height, int width, ImagePreprocessing image) =>
        new(new BackboneSpec(name, height, width, image, _steps), _weights.ToArray());
}
