namespace ML.TextToModel.PModels;

/// <summary>
/// Room for the intermediate values of one prediction, one block per thread that is used again and again.
/// </summary>
internal static class PredictionScratch
{
    [ThreadStatic] private static float[]? t_block;

    /// <summary>Floats with undefined values, valid until the thread's next call.</summary>
    public static Span<float> Rent(int count)
    {
        if (t_block is null || t_block.Length < count) t_block = new float[count];
        return t_block.AsSpan(0, count);
    }
}
