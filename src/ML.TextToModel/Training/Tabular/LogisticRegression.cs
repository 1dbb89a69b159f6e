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
    private const int RowsAtOnce = 1 << 16;

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
        using TensorScope all = new();
        (Tensor X, int[] Labels)[] parts = Parts(features, labels, inputs);
        Tensor weight = Tensor.Zeros([classes, inputs]), bias = Tensor.Zeros([classes]);
        (weight.RequiresGradient, bias.RequiresGradient) = (true, true);
        float[] parameters = new float[weights + classes], own = new float[Math.Max(weights, classes)];
        initial?.CopyTo(parameters, 0);
        new Lbfgs { MaxSteps = steps }.Minimize(parameters, Loss, cancel);
        return parameters;

        double Loss(ReadOnlySpan<float> point, Span<float> gradient)
        {
            point[..weights].CopyTo(weight.AsSpan());
            point[weights..].CopyTo(bias.AsSpan());
            gradient.Clear();
            double sum = 0;
            foreach ((Tensor x, int[] answers) in parts) sum += AddPart(x, answers, gradient);
            double squares = 0;
            for (int i = 0; i < weights; i++)
            {
                squares += (double)point[i] * point[i];
                gradient[i] += (float)(penalty * point[i]);
            }
            return sum + 0.5 * penalty * squares;
        }

        double AddPart(Tensor x, int[] answers, Span<float> gradient)
        {
            using TensorScope scope = new();
            float share = answers.Length / (float)labels.Length;
            Tensor loss = x.Linear(weight, bias).CrossEntropy(answers);
            Gradients gradients = loss.Backward();
            Add(gradients[weight], gradient);
            Add(gradients[bias], gradient[weights..]);
            return (double)loss.Item() * share;

            void Add(Tensor part, Span<float> sum)
            {
                part.CopyTo(own);
                for (int i = 0; i < part.Count; i++) sum[i] += own[i] * share;
            }
        }
    }

    /// <summary>The rows in parts, so that the memory of their logits is bounded.</summary>
    private static (Tensor X, int[] Labels)[] Parts(ReadOnlySpan<float> features, int[] labels, int inputs)
    {
        List<(Tensor, int[])> parts = [];
        for (int first = 0; first < labels.Length; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, labels.Length - first);
            parts.Add((
                Tensor.From(features.Slice(first * inputs, count * inputs), [count, inputs]),
                labels[first..(first + count)]));
        }
        return [.. parts];
    }
}
