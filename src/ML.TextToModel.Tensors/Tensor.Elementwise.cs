using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors;

public sealed unsafe partial class Tensor
{
    /// <summary>The number 0, in memory that belongs to no scope.</summary>
    internal static Tensor Zero { get; } = Full([], 0).Clone();

    /// <summary>alpha · x + beta.</summary>
    public Tensor Affine(float alpha, float beta) =>
        Apply(UnaryKernel.Affine, alpha, beta).From(Op.Affine, alpha, this);

    /// <summary>eˣ.</summary>
    public Tensor Exp() => Apply(UnaryKernel.Exp).From(Op.Exp, null, this);

    /// <summary>The natural logarithm; negative infinity at 0, NaN below.</summary>
    public Tensor Log() => Apply(UnaryKernel.Log).From(Op.Log, null, this);

    /// <summary>√x, NaN for negative x.</summary>
    public Tensor Sqrt() => Apply(UnaryKernel.Sqrt).From(Op.Sqrt, null, this);

    /// <summary>1 / x.</summary>
    public Tensor Reciprocal() => Apply(UnaryKernel.Reciprocal).From(Op.Reciprocal, null, this);

    /// <summary>max(x, 0); its gradient at 0 is 0.</summary>
    public Tensor Relu() => Apply(UnaryKernel.Relu).From(Op.Relu, null, this);

    /// <summary>The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016).</summary>
    public Tensor Gelu() => Apply(UnaryKernel.Gelu).From(Op.Gelu, null, this);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Apply(UnaryKernel.Sigmoid).From(Op.Sigmoid, null, this);

    /// <summary>The sigmoid linear unit x · sigmoid(x).</summary>
    public Tensor Silu() => this * Sigmoid();

    /// <summary>The hyperbolic tangent.</summary>
    public Tensor Tanh() => (this * 2).Sigmoid().Affine(2, -1);

    /// <summary>x².</summary>
    public Tensor Square() => this * this;

    /// <summary>
    /// The larger of the two numbers at each place; at ties the gradient goes to <paramref name="b"/>.
    /// </summary>
    public static Tensor Max(Tensor a, Tensor b) => Binary(Op.Max, BinaryKernel.Max, a, b);

    /// <summary>1 where this is less than <paramref name="other"/>, else 0. No gradient flows through.</summary>
    public Tensor Less(Tensor other) => Binary(Op.Less, BinaryKernel.Less, this, other);

    /// <summary><paramref name="a"/> where the condition is not 0, else <paramref name="b"/>.</summary>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b)
    {
        Shape shape = Broadcast(Broadcast(a.Shape, b.Shape), condition.Shape);
        (condition, a, b) = (condition.Expand(shape), a.Expand(shape), b.Expand(shape));
        Tensor y = Empty(shape);
        Elementwise.Where(condition, a, b, y.Pointer);
        return y.From(Op.Where, null, condition, a, b);
    }

    /// <summary>
    /// a + b. Axes are matched from the last; a missing axis or one of length 1 is repeated, for this and all
    /// operations on two tensors.
    /// </summary>
    public static Tensor operator +(Tensor a, Tensor b) => Binary(Op.Add, BinaryKernel.Add, a, b);

    /// <summary>a - b.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => a + -b;

    /// <summary>a · b, element by element.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Binary(Op.Multiply, BinaryKernel.Multiply, a, b);

    /// <summary>a / b.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => a * b.Reciprocal();

    /// <summary>a + b.</summary>
    public static Tensor operator +(Tensor a, float b) => a.Affine(1, b);

    /// <summary>a - b.</summary>
    public static Tensor operator -(Tensor a, float b) => a.Affine(1, -b);

    /// <summary>a - b.</summary>
    public static Tensor operator -(float a, Tensor b) => b.Affine(-1, a);

    /// <summary>a · b.</summary>
    public static Tensor operator *(Tensor a, float b) => a.Affine(b, 0);

    /// <summary>-a.</summary>
    public static Tensor operator -(Tensor a) => a.Affine(-1, 0);

    /// <summary>A kernel over two tensors of one shape, without a place in the graph.</summary>
    internal static Tensor Apply(BinaryKernel kernel, Tensor a, Tensor b)
    {
        Tensor y = Empty(a.Shape);
        Elementwise.Binary(kernel, a, b, y.Pointer);
        return y;
    }

    private static Tensor Binary(Op op, BinaryKernel kernel, Tensor a, Tensor b)
    {
        Shape shape = Broadcast(a.Shape, b.Shape);
        (a, b) = (a.Expand(shape), b.Expand(shape));
        return Apply(kernel, a, b).From(op, null, a, b);
    }

    private Tensor Apply(UnaryKernel kernel, float alpha = 1, float beta = 0)
    {
        Tensor y = Empty(Shape);
        Elementwise.Unary(kernel, this, y.Pointer, alpha, beta);
        return y;
    }

    private static Shape Broadcast(Shape a, Shape b)
    {
        if (a == b) return a;
        Span<int> sizes = stackalloc int[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= sizes.Length; i++)
        {
            int sizeA = i <= a.Rank ? a[-i] : 1, sizeB = i <= b.Rank ? b[-i] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
                throw new ArgumentException(
                    $"The shapes {a} and {b} do not fit: axis {-i} has sizes {sizeA} and {sizeB}.");
            sizes[^i] = sizeA == 1 ? sizeB : sizeA;
        }
        return new Shape(sizes);
    }
}
