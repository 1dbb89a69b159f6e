using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Tests;

/// <summary>Comparison of gradients with central differences.</summary>
internal static class GradientCheck
{
    /// <summary>
    /// Moves each weight tensor along its own gradient, which changes the loss by the gradient's length, and fails
    /// where it does not, or where fewer than half of the tensors have a gradient to speak of.
    /// </summary>
    public static void Run(ParameterSet parameters, Func<Tensor> loss)
    {
        const double step = 1e-3;   // small, as units switch on and off along the way
        Gradients gradients = loss().Backward();
        int checkedParameters = 0;
        foreach ((string name, Tensor parameter) in parameters)
        {
            float[] direction = gradients[parameter].ToArray();
            double length = Math.Sqrt(direction.Sum(d => (double)d * d));
            if (length < 1e-3) continue;
            double difference = (Moved(step) - Moved(-step)) / (2 * step);
            Assert.True(Math.Abs(difference - length) < 0.04 * length + 1e-3, $"{name}: {difference} against {length}");
            checkedParameters++;

            double Moved(double by)
            {
                float[] before = parameter.ToArray();
                for (int i = 0; i < before.Length; i++)
                    parameter.AsSpan()[i] = (float)(before[i] + by * direction[i] / length);
                double moved = loss().Item();
                before.CopyTo(parameter.AsSpan());
                return moved;
            }
        }
        Assert.True(checkedParameters > parameters.Count / 2, $"Only {checkedParameters} could be checked.");
    }
}
