using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// A hypernetwork that looks at labelled rows and emits a multilayer perceptron with one hidden layer and a linear
/// path, as MotherNet does (arXiv 2312.08598, section 3). Unlike there, a token stands for each hidden unit, each class
/// and each feature, so that classes and features may be any in number and order. The weight between a unit and a
/// feature is the product of their two vectors plus a signed mixture of the table's own cells in that column. The
/// linear path starts as linear discriminant analysis, which the network corrects; the last layer is emitted, then
/// fitted to the table by <see cref="HeadSolver"/>.
/// </summary>
internal sealed class InContextNetwork
{
    // B tables, N rows, F features, H hidden units, C classes, D width of a token.
    private readonly Linear _table, _feature, _featureToRow, _whitenedToRow, _rowCode, _classCode;
    private readonly Tensor _unitTokens;
    private readonly InContextBlock[] _blocks;
    private readonly LayerNorm _rowNorm, _featureNorm, _tokenNorm;
    private readonly Linear _mixKeys, _unitBias, _unitKeys, _classBias, _classQueries;
    private readonly WeightDecoder _hidden, _skip;
    private readonly HeadSolver _solver;

    public InContextNetwork(InContextOptions options, Rng rng)
    {
        Options = options;
        int d = options.Width, code = options.CodeLength;
        ParameterBuilder p = new(Parameters, rng);
        _table = new Linear(p["table"], ContextBatch.TableInputCount, d, initializer: Initializers.Zeros);
        _feature = new Linear(p["feature"], FeatureStatistics.Count + code, d);
        _featureToRow = new Linear(p["feature_to_row"], d, d, bias: false);
        _whitenedToRow = new Linear(p["whitened_to_row"], d, d, bias: false);
        _rowCode = new Linear(p["row_code"], code, d);
        _classCode = new Linear(p["class_code"], code, d);
        _unitTokens = p.Create("unit_tokens", [options.Units, d], Initializers.Normal(1));
        _blocks = [.. Enumerable.Range(0, options.Layers).Select(i => new InContextBlock(p["blocks"][i], options))];
        _rowNorm = new LayerNorm(p["row_norm"], d);
        _featureNorm = new LayerNorm(p["feature_norm"], d);
        _tokenNorm = new LayerNorm(p["token_norm"], d);
        _mixKeys = new Linear(p["mix_keys"], d, d);
        _hidden = new WeightDecoder(p["hidden"], d);
        _unitBias = new Linear(p["unit_bias"], d, 1);
        _unitKeys = new Linear(p["unit_keys"], d, d);
        // What else reaches the logits starts at zero: the first network is the discriminant analysis, and what the
        // solver makes of random units.
        _skip = new WeightDecoder(p["skip"], d, Initializers.Zeros);
        _classBias = new Linear(p["class_bias"], d, 2, initializer: Initializers.Zeros);
        _classQueries = new Linear(p["class_queries"], d, d, initializer: Initializers.Zeros);
        _solver = new HeadSolver(p["solver"], d);
    }

    public InContextOptions Options { get; }

    /// <summary>All weights by name.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>What the network emits for tables of so many features and classes.</summary>
    public MlpSpec Spec(int features, int classes) =>
        new() { Inputs = features, Hidden = [Options.Units], Classes = classes, Skip = true };

    /// <summary>
    /// The parameters of one MLP per table in the order of <see cref="Spec"/>: hidden weight (B, H, F) and bias (B, H),
    /// head weight (B, C, H) and bias (B, C), skip weight (B, C, F).
    /// </summary>
    public Tensor[] Forward(ContextBatch batch)
    {
        int units = Options.Units, classes = batch.Classes, d = Options.Width;
        Tensor x = batch.Features, white = batch.Whitened;
        Tensor features = _feature.Forward(batch.FeatureInputs);                          // (B, F, D)
        Tensor rows = (x.MatMul(_featureToRow.Forward(features)) + white.MatMul(_whitenedToRow.Forward(features)))
            * batch.SumScale + _rowCode.Forward(batch.RowCodes);                          // (B, N, D)
        Tensor tokens = Tensor.Concat(
            1, _unitTokens.Reshape(1, units, d).Expand([batch.Tables, units, d]), _classCode.Forward(batch.ClassCodes));
        InContextState state = new(rows, features, tokens + _table.Forward(batch.TableInputs));
        foreach (InContextBlock block in _blocks) state = block.Forward(batch, state);
        features = _featureNorm.Forward(state.Features);
        tokens = _tokenNorm.Forward(state.Tokens);                                        // (B, H + C, D)
        Tensor unit = tokens.Narrow(1, 0, units), ofClass = tokens.Narrow(1, units, classes);
        Tensor keys = _mixKeys.Forward(_rowNorm.Forward(state.Rows)).Transpose() * (1f / batch.Rows);   // (B, D, N)
        Tensor hidden = _hidden.Forward(batch, unit, features, keys);                     // (B, H, F)

        // Linear discriminant analysis: w_c = Σ⁻¹ μ_c, b_c = log share_c - w_c · μ_c / 2; a gate per class scales it.
        Tensor ownBias = _classBias.Forward(ofClass);                                     // (B, C, 2)
        Tensor gate = ownBias.Narrow(2, 1, 1) + 1;
        Tensor discriminant = batch.ClassMeans.MatMul(white) * batch.WhiteningScale * gate;
        Tensor distance = (discriminant * batch.ClassMeans.MatMul(x)).Sum(2);             // (B, C, 1)
        Tensor bias = batch.LogShares + (ownBias.Narrow(2, 0, 1) - distance * 0.5f).Squeeze(2);
        Tensor skip = discriminant + _skip.Forward(batch, ofClass, features, keys);       // (B, C, F)

        Tensor unitBias = _unitBias.Forward(unit);                                        // (B, H, 1)
        Tensor activations = (x.MatMul(hidden.Transpose()) + unitBias.Transpose()).Relu();
        Tensor head = _classQueries.Forward(ofClass).MatMul(_unitKeys.Forward(unit).Transpose()) * (1 / MathF.Sqrt(d));
        Tensor logits = x.MatMul(skip.Transpose()) + bias.Reshape(batch.Tables, 1, classes);
        (head, Tensor headBias, Tensor correction) =
            _solver.Solve(batch, activations, x, logits, head, unit.Mean(1));
        return [hidden, unitBias.Squeeze(2), head, bias + headBias, skip + correction];
    }
}
