using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// Multinomial logistic regression: the <see cref="LinearSpec"/> that minimises the mean cross-entropy of all rows plus
/// a penalty on the squares of its weights, biases apart.
/// </summary>
internal static class LogisticRegression
{
    /// <summary>Fits it.</summary>
    /// <param name="features">Rows of features, one after the other.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="penalty">
    /// What half the sum of squared weights is multiplied with; scikit-learn's C is 1 / (rows · penalty).
    /// </param>
    /// <param name="initial">Parameters to start from, in the layout of the spec; default: zeros. They stay.</param>
    /// <param name="steps">Steps of L-BFGS at most.</param>
    /// <param name="cancel">Stops between steps.</param>
    /// <returns>The parameters in the layout of the spec.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static float[] Fit(
        ReadOnlySpan<float> features, int[] labels, int classes, double penalty, float[]? initial = null,
        int steps = 100, CancellationToken cancel = default)
    {
        int inputs = features.Length / labels.Length, weights = classes * inputs;
        Tensor x = Tensor.From(features, [labels.Length, inputs]);
        Tensor weight = Tensor.Zeros([classes, inputs]), bias = Tensor.Zeros([classes]);
        (weight.RequiresGradient, bias.RequiresGradient) = (true, true);
        float[] parameters = new float[weights + classes];
        initial?.CopyTo(parameters, 0);
        new Lbfgs { MaxSteps = steps }.Minimize(parameters, Loss, cancel);
        return parameters;

        double Loss(ReadOnlySpan<float> point, Span<float> gradient)
        {
            point[..weights].CopyTo(weight.AsSpan());
            point[weights..].CopyTo(bias.AsSpan());
            using TensorScope scope = new();
            Tensor loss = x.Linear(weight, bias).CrossEntropy(labels);
            Gradients gradients = loss.Backward();
            gradients[weight].CopyTo(gradient);
            gradients[bias].CopyTo(gradient[weights..]);
            double squares = 0;
            for (int i = 0; i < weights; i++)
            {
                squares += (double)point[i] * point[i];
                gradient[i] += (float)(penalty * point[i]);
            }
            return loss.Item() + 0.5 * penalty * squares;
        }
    }
}
