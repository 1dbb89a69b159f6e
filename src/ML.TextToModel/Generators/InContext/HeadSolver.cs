using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// Fits the last layer of an emitted network to the table: a few steps of regularised logistic regression on its hidden
/// units and the features, preconditioned by the inverse of their covariance. Gradients flow through all of it, so the
/// units learn to be those that such a layer can use (differentiable closed-form solvers, Bertinetto et al. 2019,
/// section 3).
/// </summary>
internal sealed class HeadSolver
{
    private const int Steps = 3;
    private const int InverseSteps = 12;   // enough for a condition number of several hundred
    private const float VarianceFloor = 1e-3f;

    private readonly Tensor _penalty, _featurePenalty, _gains;
    private readonly Linear _adjustment;

    public HeadSolver(ParameterBuilder parameters, int width)
    {
        // exp of the first is the penalty for as many rows as units, the second its growth for fewer rows.
        _penalty = parameters.Create("penalty", [2], static (values, _) => (values[0], values[1]) = (-1.2f, 0.5f));
        // exp of it is how much more a feature's weight is held to where it starts than a unit's.
        _featurePenalty = parameters.Create("feature_penalty", [1], static (values, _) => values.Fill(1.5f));
        _gains = parameters.Create("gains", [Steps], static (values, _) => values.Fill(2));
        _adjustment = new Linear(parameters["adjustment"], width, 1 + Steps, initializer: Initializers.Zeros);
    }

    /// <summary>
    /// Hidden units (B, N, H) and features (B, N, F) of the table's rows, their logits without the units (B, N, C), a
    /// head (B, C, H) on standardised units to start from, and a token (B, 1, D) that adjusts penalty and steps to the
    /// table → weight (B, C, H) and bias (B, C) of the head on the units as they are, and what to add to the weights
    /// (B, C, F) of the features.
    /// </summary>
    public (Tensor Weight, Tensor Bias, Tensor FeatureWeight) Solve(
        ContextBatch batch, Tensor hidden, Tensor features, Tensor logits, Tensor head, Tensor token)
    {
        int rows = batch.Rows, units = hidden.Shape[2], width = features.Shape[2], columns = units + width;
        Tensor inputs = Tensor.Concat(2, hidden, features);
        Tensor mean = inputs.Mean(1);                                                    // (B, 1, H + F)
        Tensor centred = inputs - mean;
        Tensor scale = (centred.Square().Mean(1) + VarianceFloor).Sqrt().Reciprocal();   // (B, 1, H + F)
        Tensor x = centred * scale;
        Tensor factors = _adjustment.Forward(token).Exp();                               // (B, 1, 1 + steps)
        Tensor penalty = (_penalty.Narrow(0, 0, 1) + _penalty.Narrow(0, 1, 1) * MathF.Log(units / (float)rows)).Exp()
            * factors.Narrow(2, 0, 1)
            * Tensor.Concat(0, Tensor.Ones([units]), Tensor.Ones([width]) * _featurePenalty.Exp());   // (B, 1, H + F)
        Tensor inverse = Inverse(x.Transpose().MatMul(x) * (1f / rows) + Identity(columns) * penalty);
        Tensor weight = Tensor.Concat(2, head, Tensor.Zeros([batch.Tables, batch.Classes, width]));
        Tensor bias = Tensor.Zeros([batch.Tables, 1, batch.Classes]);
        for (int step = 0; step < Steps; step++)
        {
            Tensor error = batch.OneHot - (logits + x.MatMul(weight.Transpose()) + bias).Softmax();   // (B, N, C)
            Tensor gradient = error.Transpose().MatMul(x) * (1f / rows) - weight * penalty;           // (B, C, H + F)
            Tensor gain = _gains.Narrow(0, step, 1) * factors.Narrow(2, 1 + step, 1);
            weight += gradient.MatMul(inverse) * gain;
            bias += error.Mean(1) * gain;
        }
        weight *= scale;
        bias -= (weight * mean).Sum(2).Transpose();
        return (weight.Narrow(2, 0, units), bias.Squeeze(1), weight.Narrow(2, units, width));
    }

    /// <summary>
    /// The inverse of symmetric positive definite matrices (B, n, n) by X ← X (2 I - A X) (Schulz 1933), which needs
    /// products only. The last step alone is differentiated: where X is the inverse of A, its derivative -X dA X is
    /// that of the inverse.
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
            for (int i = 1; i < InverseSteps; i++) x = x.MatMul(twice - matrix.MatMul(x));
        }
        return x.MatMul(twice - matrix.MatMul(x));
    }

    private static Tensor Identity(int size)
    {
        Tensor identity = Tensor.Zeros([size, size]);
        for (int i = 0; i < size; i++) identity.AsSpan()[i * (size + 1)] = 1;
        return identity;
    }
}
