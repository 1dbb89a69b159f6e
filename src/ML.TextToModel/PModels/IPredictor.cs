namespace ML.TextToModel.PModels;

/// <summary>Turns one preprocessed input into logits without allocating. Safe for several threads.</summary>
internal interface IPredictor
{
    /// <summary>Writes one logit per class.</summary>
    void Predict(ReadOnlySpan<float> input, Span<float> logits);
}
