using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.InContext;

/// <summary>What blocks pass on: one vector for each row, each feature, and each unit and class.</summary>
/// <param name="Rows">(B, N, width).</param>
/// <param name="Features">(B, F, width).</param>
/// <param name="Tokens">(B, units + C, width), of the units and classes of the network to be generated.</param>
internal readonly record struct InContextState(Tensor Rows, Tensor Features, Tensor Tokens);

/// <summary>
/// One exchange between rows, features and tokens. Rows see each other only through tokens (induced set attention, Lee
/// et al. 2019, section 3.1) and features only through rows, along the cells of the table; so the cost is linear in
/// cells, and neither the order of rows nor that of columns matters.
/// </summary>
internal sealed class InContextBlock
{
    private readonly LayerNorm _rowNorm, _rowQueryNorm, _rowHiddenNorm, _featureNorm, _featureHiddenNorm;
    private readonly LayerNorm _tokenNorm, _tokenFeatureNorm, _tokenHiddenNorm, _tokenKeyNorm;
    private readonly Linear _rowsToFeatures, _featuresToRows, _classMeans;
    private readonly MultiHeadAttention _rowsToTokens, _featuresToTokens, _tokensToRows;
    private readonly Mlp _tokenHidden, _featureHidden, _rowHidden;

    public InContextBlock(ParameterBuilder parameters, InContextOptions o)
    {
        _rowNorm = Norm("row_norm");
        _rowsToFeatures = new Linear(parameters["rows_to_features"], o.Width, o.Width);
        _featureHiddenNorm = Norm("feature_hidden_norm");
        _featureHidden = new Mlp(parameters["feature_hidden"], o.Width, o.Hidden);
        _featureNorm = Norm("feature_norm");
        _tokenNorm = Norm("token_norm");
        _rowsToTokens = new MultiHeadAttention(parameters["rows_to_tokens"], o.Width, o.Heads);
        _classMeans = new Linear(parameters["class_means"], o.Width, o.Width);
        _tokenFeatureNorm = Norm("token_feature_norm");
        _featuresToTokens = new MultiHeadAttention(parameters["features_to_tokens"], o.Width, o.Heads);
        _tokenHiddenNorm = Norm("token_hidden_norm");
        _tokenHidden = new Mlp(parameters["token_hidden"], o.Width, o.Hidden);
        _rowQueryNorm = Norm("row_query_norm");
        _tokenKeyNorm = Norm("token_key_norm");
        _tokensToRows = new MultiHeadAttention(parameters["tokens_to_rows"], o.Width, o.Heads);
        _featuresToRows = new Linear(parameters["features_to_rows"], o.Width, o.Width, bias: false);
        _rowHiddenNorm = Norm("row_hidden_norm");
        _rowHidden = new Mlp(parameters["row_hidden"], o.Width, o.Hidden);

        LayerNorm Norm(string name) => new(parameters[name], o.Width);
    }

    /// <summary>The next state. Where no graph is kept, memory of what lies between is free again at the end.</summary>
    public InContextState Forward(ContextBatch batch, InContextState state)
    {
        if (Tensor.KeepsGraph) return Next(batch, state);
        using TensorScope scope = new();
        (Tensor rows, Tensor features, Tensor tokens) = Next(batch, state);
        return new(scope.PassOn(rows), scope.PassOn(features), scope.PassOn(tokens));
    }

    private InContextState Next(ContextBatch batch, InContextState state)
    {
        (Tensor rows, Tensor features, Tensor tokens) = (state.Rows, state.Features, state.Tokens);
        Tensor seen = _rowNorm.Forward(rows);
        features += _rowsToFeatures.Forward(batch.Features.Transpose().MatMul(seen) * (1f / batch.Rows));
        features += _featureHidden.Forward(_featureHiddenNorm.Forward(features));
        Tensor seenFeatures = _featureNorm.Forward(features);                              // (B, F, width)

        tokens += _rowsToTokens.Forward(_tokenNorm.Forward(tokens), seen);
        Tensor means = _classMeans.Forward(batch.ClassMeans.MatMul(seen));                 // (B, C, width)
        tokens += means.Pad((0, 0), (batch.Options.Units, 0), (0, 0));
        tokens += _featuresToTokens.Forward(_tokenFeatureNorm.Forward(tokens), seenFeatures, batch.FeaturePresent);
        tokens += _tokenHidden.Forward(_tokenHiddenNorm.Forward(tokens));

        rows += _tokensToRows.Forward(_rowQueryNorm.Forward(rows), _tokenKeyNorm.Forward(tokens), batch.TokenPresent);
        rows += batch.Features.MatMul(_featuresToRows.Forward(seenFeatures)) * batch.SumScale;
        rows += _rowHidden.Forward(_rowHiddenNorm.Forward(rows));
        return new(rows, features, tokens);
    }
}
