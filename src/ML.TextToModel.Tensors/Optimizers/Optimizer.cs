using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Layers;
using ML.TextToModel.Tensors.Memory;

namespace ML.TextToModel.Tensors.Optimizers;

/// <summary>
/// Changes parameters in place along their gradients. Its state can be saved, to resume to the same bits.
/// </summary>
public abstract class Optimizer
{
    private protected Optimizer(ParameterSet parameters, float rate, float? clipNorm)
    {
        Parameters = parameters;
        Rate = rate;
        ClipNorm = clipNorm;
    }

    /// <summary>The learning rate, to be set by a schedule before each step.</summary>
    public float Rate { get; set; }

    /// <summary>
    /// Where the gradients' norm, over all parameters together, is larger, they are scaled down to it.
    /// </summary>
    public float? ClipNorm { get; }

    /// <summary>Steps taken so far.</summary>
    public int StepCount { get; set; }

    /// <summary>What the optimizer remembers, by name: save these, and fill them again to resume.</summary>
    public ParameterSet State { get; } = new();

    private protected ParameterSet Parameters { get; }

    /// <summary>Takes one step; parameters without a gradient stay.</summary>
    /// <returns>The norm of all gradients before clipping, or NaN where no <see cref="ClipNorm"/> is set.</returns>
    public float Step(Gradients gradients)
    {
        StepCount++;
        float norm = float.NaN, scale = 1;
        if (ClipNorm is { } limit)
        {
            norm = Norm(gradients);
            if (norm > limit) scale = limit / norm;
        }
        int index = 0;
        foreach ((_, Tensor parameter) in Parameters)
        {
            if (gradients.TryGet(parameter, out Tensor? gradient))
                Update(index, parameter, gradient.Contiguous(), scale);
            index++;
        }
        return norm;
    }

    /// <summary>Changes parameter number <paramref name="index"/>.</summary>
    private protected abstract void Update(int index, Tensor parameter, Tensor gradient, float scale);

    /// <summary>One state tensor of zeros for each parameter, in their order.</summary>
    private protected Tensor[] Remember(string suffix)
    {
        List<Tensor> states = [];
        foreach ((string name, Tensor parameter) in Parameters)
        {
            Shape shape = parameter.Shape;
            Tensor state = new(new Storage(Math.Max(shape.ElementCount, 1)), 0, shape, shape.ContiguousStrides());
            state.AsSpan().Clear();
            states.Add(State.Add(name + suffix, state));
        }
        return [.. states];
    }

    private float Norm(Gradients gradients)
    {
        double sum = 0;
        foreach ((_, Tensor parameter) in Parameters)
            if (gradients.TryGet(parameter, out Tensor? gradient))
                sum += KernelSet.Current.SumOfSquares(gradient.Contiguous().AsSpan());
        return (float)Math.Sqrt(sum);
    }
}
