using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>Layers of T p-models at once.</summary>
internal static class BatchedLayers
{
    /// <summary>Inputs (T or 1, B, in), weights (T, out, in), biases (T, out) → (T, B, out).</summary>
    public static Tensor Linear(Tensor inputs, Tensor weight, Tensor? bias)
    {
        if (weight.Shape[0] == 1 && inputs.Shape[0] == 1)
            return inputs.Linear(weight.Squeeze(0), bias?.Squeeze(0));
        Tensor y = inputs.MatMul(weight.Transpose());
        return bias is null ? y : y + bias.Reshape(bias.Shape.Insert(1, 1));
    }
}
