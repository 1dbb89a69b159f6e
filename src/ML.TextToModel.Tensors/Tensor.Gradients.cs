using ML.TextToModel.Tensors.Autograd;

namespace ML.TextToModel.Tensors;

public sealed partial class Tensor
{
    /// <summary>
    /// The gradients of this single number with respect to all tensors with <see cref="RequiresGradient"/> that it was
    /// computed from.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// This is not a single number, or it depends on no tensor that requires a gradient.
    /// </exception>
    public Gradients Backward()
    {
        if (Count != 1)
            throw new InvalidOperationException(
                $"A tensor of shape {Shape} has no gradient by itself; pass the output's.");
        return Backward(Full(Shape, 1));
    }

    /// <summary>The gradients of Σ this · <paramref name="outputGradient"/>.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="InvalidOperationException">This depends on no tensor that requires a gradient.</exception>
    public Gradients Backward(Tensor outputGradient)
    {
        if (outputGradient.Shape != Shape)
            throw new ArgumentException(
                $"The output has shape {Shape}, its gradient {outputGradient.Shape}.", nameof(outputGradient));
        if (!NeedsGradient)
            throw new InvalidOperationException(
                "This was computed from no tensor with RequiresGradient, or inside NoGradient().");
        return Differentiation.Run(this, outputGradient);
    }

    /// <summary>Until the returned object is disposed, operations on this thread keep no graph.</summary>
    public static NoGradientScope NoGradient() => new(Differentiation.Paused);

    /// <summary>Whether operations on this thread keep a graph, as they do outside <see cref="NoGradient"/>.</summary>
    public static bool KeepsGraph => !Differentiation.Paused;

    /// <summary>Says how this tensor came about, unless no input needs a gradient.</summary>
    private Tensor From(Op op, object? attributes, params ReadOnlySpan<Tensor> inputs)
    {
        if (Differentiation.Paused) return this;
        bool needed = false;
        foreach (Tensor input in inputs) needed |= input.NeedsGradient;
        if (needed) Node = new Node(op, this, inputs.ToArray(), attributes);
        return this;
    }

    /// <summary>Ends the stretch of code opened by <see cref="NoGradient"/>.</summary>
    public readonly struct NoGradientScope : IDisposable
    {
        private readonly bool _before;

        internal NoGradientScope(bool before)
        {
            _before = before;
            Differentiation.Paused = true;
        }

        /// <summary>Lets operations keep their graph again, if they did before.</summary>
        public void Dispose() => Differentiation.Paused = _before;
    }
}
