using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// A hypernetwork that looks at labelled rows and emits a multilayer perceptron with one hidden layer and a linear path,
/// as MotherNet does (arXiv 2312.08598, section 3). Unlike there, a token stands for each hidden unit and each class, so
/// that the number of classes is free, and a unit's weights are a direct part plus a signed mixture of the table's own
/// rows. The linear path starts as linear discriminant analysis, which the network corrects.
/// </summary>
internal sealed class InContextNetwork
{
    // B tables, N rows, F places of features, H hidden units, C classes, D width of a token.
    private readonly Linear _features, _whitened, _rowCode, _classCode;
    private readonly Tensor _unitTokens;
    private readonly InContextBlock[] _blocks;
    private readonly LayerNorm _rowNorm, _tokenNorm;
    private readonly Linear _mixKeys, _unitMix, _unitMixWhitened, _unitWeights, _unitBias, _unitKeys;
    private readonly Linear _classMix, _classMixWhitened, _classWeights, _classBias, _classQueries;

    public InContextNetwork(InContextOptions options, Rng rng)
    {
        Options = options;
        int d = options.Width, f = options.Features, code = options.CodeLength;
        ParameterBuilder p = new(Parameters, rng);
        _features = new Linear(p["features"], f, d);
        _whitened = new Linear(p["whitened"], f, d);
        _rowCode = new Linear(p["row_code"], code, d);
        _classCode = new Linear(p["class_code"], code, d);
        _unitTokens = p.Create("unit_tokens", [options.Units, d], Initializers.Normal(1));
        _blocks = [.. Enumerable.Range(0, options.Layers).Select(i => new InContextBlock(p["blocks"][i], options))];
        _rowNorm = new LayerNorm(p["row_norm"], d);
        _tokenNorm = new LayerNorm(p["token_norm"], d);
        _mixKeys = new Linear(p["mix_keys"], d, d);
        _unitMix = new Linear(p["unit_mix"], d, d);
        _unitMixWhitened = new Linear(p["unit_mix_whitened"], d, d);
        _unitWeights = new Linear(p["unit_weights"], d, f);
        _unitBias = new Linear(p["unit_bias"], d, 1);
        _unitKeys = new Linear(p["unit_keys"], d, d);
        // Everything that reaches the logits starts at zero: the first network is the discriminant analysis alone.
        _classMix = new Linear(p["class_mix"], d, d, initializer: Initializers.Zeros);
        _classMixWhitened = new Linear(p["class_mix_whitened"], d, d, initializer: Initializers.Zeros);
        _classWeights = new Linear(p["class_weights"], d, f, initializer: Initializers.Zeros);
        _classBias = new Linear(p["class_bias"], d, 2, initializer: Initializers.Zeros);
        _classQueries = new Linear(p["class_queries"], d, d, initializer: Initializers.Zeros);
    }

    public InContextOptions Options { get; }

    /// <summary>All weights by name.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>What the network emits, for tables of so many classes.</summary>
    public MlpSpec Spec(int classes) =>
        new() { Inputs = Options.Features, Hidden = [Options.Units], Classes = classes, Skip = true };

    /// <summary>
    /// The parameters of one MLP per table in the order of <see cref="Spec"/>: hidden weight (B, H, F) and bias (B, H),
    /// head weight (B, C, H) and bias (B, C), skip weight (B, C, F).
    /// </summary>
    public Tensor[] Forward(ContextBatch batch)
    {
        int units = Options.Units, classes = batch.Classes, d = Options.Width;
        Tensor x = batch.Features, white = batch.Whitened;
        Tensor rows = _features.Forward(x * batch.EmbeddingScale) + _whitened.Forward(white * batch.EmbeddingScale)
            + _rowCode.Forward(batch.RowCodes);                                           // (B, N, D)
        Tensor tokens = Tensor.Concat(
            1, _unitTokens.Reshape(1, units, d).Expand([batch.Tables, units, d]), _classCode.Forward(batch.ClassCodes));
        foreach (InContextBlock block in _blocks) (rows, tokens) = block.Forward(batch, rows, tokens);
        rows = _rowNorm.Forward(rows);
        tokens = _tokenNorm.Forward(tokens);                                              // (B, H + C, D)
        Tensor unit = tokens.Narrow(1, 0, units), ofClass = tokens.Narrow(1, units, classes);

        // Mixtures of rows, a token's share of each from the product of two vectors.
        Tensor keys = _mixKeys.Forward(rows).Transpose() * (1 / (MathF.Sqrt(d) * batch.Rows));   // (B, D, N)
        Tensor hidden = Mix(keys, unit, _unitMix, x) + Mix(keys, unit, _unitMixWhitened, white)
            + Direct(batch, unit, _unitWeights);                                          // (B, H, F)
        Tensor skip = Mix(keys, ofClass, _classMix, x) + Mix(keys, ofClass, _classMixWhitened, white)
            + Direct(batch, ofClass, _classWeights);                                      // (B, C, F)

        // Linear discriminant analysis: w_c = Σ⁻¹ μ_c, b_c = log share_c - w_c · μ_c / 2; a gate per class scales it.
        Tensor ownBias = _classBias.Forward(ofClass);                                     // (B, C, 2)
        Tensor gate = ownBias.Narrow(2, 1, 1) + 1;
        Tensor discriminant = batch.ClassMeans.MatMul(white) * batch.WhiteningScale * gate;
        Tensor distance = (discriminant * batch.ClassMeans.MatMul(x)).Sum(2);             // (B, C, 1)
        Tensor bias = batch.LogShares + (ownBias.Narrow(2, 0, 1) - distance * 0.5f).Squeeze(2);

        Tensor head = _classQueries.Forward(ofClass).MatMul(_unitKeys.Forward(unit).Transpose()) * (1 / MathF.Sqrt(d));
        return [hidden, _unitBias.Forward(unit).Squeeze(2), head, bias, skip + discriminant];
    }

    private static Tensor Mix(Tensor keys, Tensor tokens, Linear query, Tensor rows) =>
        query.Forward(tokens).MatMul(keys).MatMul(rows);

    private static Tensor Direct(ContextBatch batch, Tensor tokens, Linear weights) =>
        weights.Forward(tokens) * (batch.EmbeddingScale * (1 / MathF.Sqrt(batch.Options.Features)));
}
