using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>
/// Calibration by one number (Guo et al. 2017, section 4.2): logits are divided by the temperature with which the
/// cross-entropy of rows that the network was not made from is least. Few rows, all of them right, would ask for ever
/// lower ones, hence the bounds.
/// </summary>
internal static class Temperature
{
    private const double Least = 0.3, Most = 20;

    /// <summary>The best temperature, from 0.3 to 20.</summary>
    /// <param name="logits">(rows, classes), row after row.</param>
    /// <param name="labels">The class of each row.</param>
    public static double Fit(ReadOnlySpan<float> logits, int[] labels)
    {
        // The cross-entropy is convex in 1 / temperature: golden-section search finds the minimum.
        double ratio = (Math.Sqrt(5) - 1) / 2, low = 1 / Most, high = 1 / Least;
        (low, high) = (Math.Log(low), Math.Log(high));
        double a = high - ratio * (high - low), b = low + ratio * (high - low);
        double lossA = CrossEntropy(logits, labels, Math.Exp(a)), lossB = CrossEntropy(logits, labels, Math.Exp(b));
        while (high - low > 1e-3)
        {
            if (lossA <= lossB)
            {
                (high, b, lossB) = (b, a, lossA);
                a = high - ratio * (high - low);
                lossA = CrossEntropy(logits, labels, Math.Exp(a));
            }
            else
            {
                (low, a, lossA) = (a, b, lossB);
                b = low + ratio * (high - low);
                lossB = CrossEntropy(logits, labels, Math.Exp(b));
            }
        }
        return Math.Exp(-(low + high) / 2);
    }

    /// <summary>The mean cross-entropy of logits times <paramref name="factor"/>.</summary>
    public static double CrossEntropy(ReadOnlySpan<float> logits, int[] labels, double factor)
    {
        int classes = logits.Length / labels.Length;
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> own = logits.Slice(row * classes, classes);
            double largest = double.NegativeInfinity, total = 0;
            foreach (float logit in own) largest = Math.Max(largest, logit * factor);
            foreach (float logit in own) total += Math.Exp(logit * factor - largest);
            sum += largest + Math.Log(total) - own[labels[row]] * factor;
        }
        return sum / labels.Length;
    }

    /// <summary>
    /// Parameters of a network whose logits are those of <paramref name="parameters"/> over the temperature.
    /// </summary>
    public static float[] Apply(PModelSpec spec, float[] parameters, double temperature)
    {
        float[] calibrated = [.. parameters];
        foreach (ParameterSlot slot in spec.Layout.Slots)
        {
            if (!slot.PerClass) continue;
            foreach (ref float value in slot.Of(calibrated.AsSpan())) value = (float)(value / temperature);
        }
        return calibrated;
    }
}
