using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.InContext;

/// <summary>
/// One exchange between the rows of a table and the tokens of the network to be generated. Rows see each other only
/// through these tokens (induced set attention, Lee et al. 2019, section 3.1), so the cost is linear in rows.
/// </summary>
internal sealed class InContextBlock
{
    private readonly LayerNorm _rowNorm, _tokenNorm, _tokenHiddenNorm, _rowQueryNorm, _tokenKeyNorm, _rowHiddenNorm;
    private readonly MultiHeadAttention _toTokens, _toRows;
    private readonly Linear _classMean;
    private readonly Mlp _tokenHidden, _rowHidden;

    public InContextBlock(ParameterBuilder parameters, InContextOptions o)
    {
        _rowNorm = new LayerNorm(parameters["row_norm"], o.Width);
        _tokenNorm = new LayerNorm(parameters["token_norm"], o.Width);
        _toTokens = new MultiHeadAttention(parameters["to_tokens"], o.Width, o.Heads);
        _classMean = new Linear(parameters["class_mean"], o.Width, o.Width);
        _tokenHiddenNorm = new LayerNorm(parameters["token_hidden_norm"], o.Width);
        _tokenHidden = new Mlp(parameters["token_hidden"], o.Width, o.Hidden);
        _rowQueryNorm = new LayerNorm(parameters["row_query_norm"], o.Width);
        _tokenKeyNorm = new LayerNorm(parameters["token_key_norm"], o.Width);
        _toRows = new MultiHeadAttention(parameters["to_rows"], o.Width, o.Heads);
        _rowHiddenNorm = new LayerNorm(parameters["row_hidden_norm"], o.Width);
        _rowHidden = new Mlp(parameters["row_hidden"], o.Width, o.Hidden);
    }

    /// <summary>Rows (B, N, width) and tokens (B, units + C, width) → the same.</summary>
    public (Tensor Rows, Tensor Tokens) Forward(ContextBatch batch, Tensor rows, Tensor tokens)
    {
        int units = batch.Options.Units;
        Tensor seen = _rowNorm.Forward(rows);
        tokens += _toTokens.Forward(_tokenNorm.Forward(tokens), seen);
        Tensor means = _classMean.Forward(batch.ClassMeans.MatMul(seen));           // (B, C, width)
        tokens += means.Pad((0, 0), (units, 0), (0, 0));
        tokens += _tokenHidden.Forward(_tokenHiddenNorm.Forward(tokens));
        rows += _toRows.Forward(_rowQueryNorm.Forward(rows), _tokenKeyNorm.Forward(tokens), batch.Present);
        rows += _rowHidden.Forward(_rowHiddenNorm.Forward(rows));
        return (rows, tokens);
    }
}
