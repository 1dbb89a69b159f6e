namespace ML.TextToModel.Tensors.Layers;

/// <summary>
/// Multi-head attention (Vaswani et al. 2017, section 3.2): of a sequence to itself, or to a context.
/// </summary>
public sealed class MultiHeadAttention
{
    private readonly int _heads;
    private readonly Linear _query, _keyValue, _output;

    /// <summary>
    /// Makes <c>query</c> (width, width), <c>key_value</c> (2 · width, contextWidth) and <c>output</c> (width, width),
    /// with biases.
    /// </summary>
    /// <exception cref="ArgumentException">The heads do not divide the width.</exception>
    public MultiHeadAttention(ParameterBuilder parameters, int width, int heads, int? contextWidth = null)
    {
        if (width % heads != 0)
            throw new ArgumentException($"{heads} heads do not divide the width {width}.", nameof(heads));
        _heads = heads;
        _query = new Linear(parameters["query"], width, width);
        _keyValue = new Linear(parameters["key_value"], contextWidth ?? width, 2 * width);
        _output = new Linear(parameters["output"], width, width);
    }

    /// <summary>
    /// (B, T, width) → (B, T, width). <paramref name="context"/> (B, S, contextWidth) is what is attended to, by
    /// default <paramref name="x"/>. <paramref name="mask"/> fits (B, heads, T, S), 0 where a token must not look.
    /// </summary>
    public Tensor Forward(Tensor x, Tensor? context = null, Tensor? mask = null)
    {
        context ??= x;
        return _output.Forward(_query.Forward(x).Attention(_keyValue.Forward(context), _heads, mask));
    }

    /// <summary>
    /// softmax(Q Kᵀ / √D + mask) V (equation 1) for query (…, T, D), key (…, S, D) and value (…, S, E); the mask fits
    /// (…, T, S) and is 0 where a token must not look. A token that may look nowhere gets zeros.
    /// </summary>
    public static Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask = null)
    {
        Tensor scores = (query * (1 / MathF.Sqrt(query.Shape[-1]))).MatMul(key.Transpose());   // (…, T, S)
        if (mask is not null) scores = Tensor.Where(mask, scores, Tensor.Full([], float.NegativeInfinity));
        return scores.Softmax().MatMul(value);
    }

    /// <summary>A mask (tokens, tokens) with which each token looks at itself and those before it.</summary>
    public static Tensor CausalMask(int tokens)
    {
        Tensor mask = Tensor.Zeros([tokens, tokens]);
        for (int i = 0; i < tokens; i++) mask.AsSpan().Slice(i * tokens, i + 1).Fill(1);
        return mask;
    }
}
