namespace ML.TextToModel.Tensors.Optimizers;

/// <summary>Learning rates over time, as factors of the peak rate.</summary>
public static class Schedule
{
    /// <summary>
    /// Rises in a straight line over the first <paramref name="warmUp"/> steps, then falls along half a cosine wave to
    /// <paramref name="floor"/> at the last step (Loshchilov and Hutter 2017).
    /// </summary>
    /// <param name="step">The step to be taken, from 0 to <paramref name="total"/> - 1.</param>
    /// <param name="warmUp">Steps until the peak.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="floor">The last factor, from 0 to 1.</param>
    /// <returns>A factor from 0 to 1.</returns>
    public static double WarmUpCosine(int step, int warmUp, int total, double floor = 0)
    {
        if (step < warmUp) return (step + 1.0) / warmUp;
        double progress = Math.Min(1, (step - warmUp) / (double)Math.Max(1, total - warmUp));
        return floor + (1 - floor) * 0.5 * (1 + Math.Cos(Math.PI * progress));
    }
}
