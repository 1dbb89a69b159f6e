using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>Draws numbers from 0 on, each as often as its weight says.</summary>
internal sealed class WeightedChoice
{
    private readonly double[] _upTo;

    /// <param name="weights">Above 0, one for each number.</param>
    public WeightedChoice(IEnumerable<double> weights)
    {
        double sum = 0;
        _upTo = [.. weights.Select(weight => sum += weight)];
    }

    /// <summary>The next number.</summary>
    public int Draw(Rng rng)
    {
        int found = Array.BinarySearch(_upTo, rng.NextDouble() * _upTo[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, _upTo.Length - 1);
    }
}
