namespace ML.TextToModel.Tensors.Optimizers;

/// <summary>
/// Minimises a smooth function of many numbers, given its gradient, with a limited memory of past steps (L-BFGS;
/// Nocedal and Wright 2006, algorithms 7.4 and 7.5). Meant for functions that are computed over all data at once.
/// </summary>
public sealed record Lbfgs
{
    private const double SufficientDecrease = 1e-4;   // Nocedal and Wright, section 3.1
    private const int MaxHalvings = 25;

    /// <summary>Computes the function at <paramref name="point"/> and writes its gradient.</summary>
    public delegate double Function(ReadOnlySpan<float> point, Span<float> gradient);

    /// <summary>Steps at most. Default 100.</summary>
    public int MaxSteps { get; init; } = 100;

    /// <summary>Past steps that are remembered. Default 10.</summary>
    public int Memory { get; init; } = 10;

    /// <summary>Ends where no entry of the gradient is larger than this. Default 1e-4.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Moves <paramref name="point"/> to a minimum, or as near as <see cref="MaxSteps"/> allow.</summary>
    /// <returns>The value there.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; the point is the best so far.</exception>
    public double Minimize(Span<float> point, Function function, CancellationToken cancel = default)
    {
        int n = point.Length;
        float[] gradient = new float[n], next = new float[n], nextGradient = new float[n];
        double[] direction = new double[n];
        List<(double[] Step, double[] Change, double Product)> past = [];
        double value = function(point, gradient);
        for (int step = 0; step < MaxSteps && Largest(gradient) > Tolerance; step++)
        {
            cancel.ThrowIfCancellationRequested();
            Direction(gradient, past, direction);
            double slope = 0;
            for (int i = 0; i < n; i++) slope += direction[i] * gradient[i];
            // Without a memory the gradient's length says nothing about how far to go.
            double length = past.Count > 0 ? 1 : Math.Min(1, 1 / Math.Sqrt(-slope));
            double nextValue = double.NaN;
            int halvings = 0;
            for (; halvings <= MaxHalvings; halvings++, length /= 2)
            {
                for (int i = 0; i < n; i++) next[i] = (float)(point[i] + length * direction[i]);
                nextValue = function(next, nextGradient);
                if (nextValue <= value + SufficientDecrease * length * slope) break;
            }
            if (halvings > MaxHalvings) break;   // no float nearby is lower
            Remember(past, point, next, gradient, nextGradient);
            next.CopyTo(point);
            (gradient, nextGradient) = (nextGradient, gradient);
            value = nextValue;
        }
        return value;
    }

    private static double Largest(float[] values)
    {
        double largest = 0;
        foreach (float value in values) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    /// <summary>The gradient times an estimate of the inverse Hessian, downhill (algorithm 7.4).</summary>
    private static void Direction(
        float[] gradient, List<(double[] Step, double[] Change, double Product)> past, double[] direction)
    {
        for (int i = 0; i < direction.Length; i++) direction[i] = -gradient[i];
        double[] weights = new double[past.Count];
        for (int k = past.Count - 1; k >= 0; k--)
        {
            weights[k] = Dot(past[k].Step, direction) / past[k].Product;
            Add(direction, past[k].Change, -weights[k]);
        }
        if (past.Count > 0)
        {
            (_, double[] change, double product) = past[^1];
            double scale = product / Dot(change, change);
            for (int i = 0; i < direction.Length; i++) direction[i] *= scale;
        }
        for (int k = 0; k < past.Count; k++)
            Add(direction, past[k].Step, weights[k] - Dot(past[k].Change, direction) / past[k].Product);
    }

    private void Remember(
        List<(double[] Step, double[] Change, double Product)> past, ReadOnlySpan<float> point, float[] next,
        float[] gradient, float[] nextGradient)
    {
        double[] step = new double[next.Length], change = new double[next.Length];
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = (double)next[i] - point[i];
            change[i] = (double)nextGradient[i] - gradient[i];
        }
        double product = Dot(step, change);
        if (!(product > 1e-12 * Dot(change, change))) return;   // no curvature to learn from
        past.Add((step, change, product));
        if (past.Count > Memory) past.RemoveAt(0);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] target, double[] values, double factor)
    {
        for (int i = 0; i < target.Length; i++) target[i] += factor * values[i];
    }
}
