using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// Fits the last layer of an emitted network to the table: a few steps of regularised logistic regression on its hidden
/// units, preconditioned by the inverse of their covariance. Gradients flow through all of it, so the units learn to be
/// those that such a layer can use (differentiable closed-form solvers, Bertinetto et al. 2019, section 3).
/// </summary>
internal sealed class HeadSolver
{
    private const int Steps = 3;
    private const int InverseSteps = 12;   // enough for a condition number of several hundred
    private const float VarianceFloor = 1e-3f;

    private readonly Tensor _penalty, _gains;
    private readonly Linear _adjustment;

    public HeadSolver(ParameterBuilder parameters, int width)
    {
        // exp of the first is the penalty for as many rows as units, the second its growth for fewer rows.
        _penalty = parameters.Create("penalty", [2], static (values, _) => (values[0], values[1]) = (-1.2f, 0.5f));
        _gains = parameters.Create("gains", [Steps], static (values, _) => values.Fill(2));
        _adjustment = new Linear(parameters["adjustment"], width, 1 + Steps, initializer: Initializers.Zeros);
    }

    /// <summary>
    /// Hidden units of the table's rows (B, N, H), their logits without the units (B, N, C), a head (B, C, H) on
    /// standardised units to start from, and a token (B, 1, D) that adjusts penalty and steps to the table → weight
    /// (B, C, H) and bias (B, C) of the head on the units as they are.
    /// </summary>
    public (Tensor Weight, Tensor Bias) Solve(
        ContextBatch batch, Tensor hidden, Tensor logits, Tensor head, Tensor token)
    {
        int rows = batch.Rows, units = hidden.Shape[2];
        Tensor mean = hidden.Mean(1);                                                    // (B, 1, H)
        Tensor centred = hidden - mean;
        Tensor scale = (centred.Square().Mean(1) + VarianceFloor).Sqrt().Reciprocal();   // (B, 1, H)
        Tensor x = centred * scale;
        Tensor factors = _adjustment.Forward(token).Exp();                               // (B, 1, 1 + steps)
        Tensor penalty = (_penalty.Narrow(0, 0, 1) + _penalty.Narrow(0, 1, 1) * MathF.Log(units / (float)rows)).Exp()
            * factors.Narrow(2, 0, 1);
        Tensor inverse = Inverse(x.Transpose().MatMul(x) * (1f / rows) + Identity(units) * penalty);
        for (int step = 0; step < Steps; step++)
        {
            Tensor error = batch.OneHot - (logits + x.MatMul(head.Transpose())).Softmax();   // (B, N, C)
            Tensor gradient = error.Transpose().MatMul(x) * (1f / rows) - head * penalty;    // (B, C, H)
            head += gradient.MatMul(inverse) * (_gains.Narrow(0, step, 1) * factors.Narrow(2, 1 + step, 1));
        }
        Tensor weight = head * scale;
        return (weight, -(weight * mean).Sum(2).Squeeze(2));
    }

    /// <summary>
    /// The inverse of symmetric positive definite matrices (B, n, n) by X ← X (2 I - A X) (Schulz 1933), which needs
    /// products only.
    /// </summary>
    private static Tensor Inverse(Tensor matrix)
    {
        Tensor twice = Identity(matrix.Shape[2]) * 2;
        Tensor x;
        using (Tensor.NoGradient())
        {
            // The largest sum of a row's absolute values is no less than the largest eigenvalue.
            Tensor largest = Tensor.Max(matrix, -matrix).Sum(2).Max(1);   // (B, 1, 1)
            x = Identity(matrix.Shape[2]) * largest.Reciprocal();
        }
        for (int i = 0; i < InverseSteps; i++) x = x.MatMul(twice - matrix.MatMul(x));
        return x;
    }

    private static Tensor Identity(int size)
    {
        Tensor identity = Tensor.Zeros([size, size]);
        for (int i = 0; i < size; i++) identity.AsSpan()[i * (size + 1)] = 1;
        return identity;
    }
}
