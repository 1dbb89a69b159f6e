using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Generators.Tina;

/// <summary>What the timestep of each of B p-models decides in a network.</summary>
/// <param name="Blocks">Scales, shifts and gates of each block, (B, 1, 6 D).</param>
/// <param name="Last">Scale and shift before the decoders, (B, 1, 2 D).</param>
internal sealed record Modulation(Tensor[] Blocks, Tensor Last);

/// <summary>
/// A diffusion transformer over the parameters of a p-model, conditioned on a vector for each class (Tina, arXiv
/// 2405.14132, section 2.2): noisy parameters, their timestep and the conditions → clean parameters. What it predicts
/// are differences from base parameters, in units of each parameter tensor. The base of a class row is a linear map of
/// the class's vector and of hidden units that look at it, that of all else one vector.
/// </summary>
internal sealed class TinaNetwork
{
    /// <summary>The names of the linear map that is the base of class rows.</summary>
    public const string BaseRowWeight = "base.row.weight", BaseRowBias = "base.row.bias";

    // B p-models, C classes, S chunks, D width of a token, E length of a condition, R length of a class row.
    private readonly PModelSpec _emitted;
    private readonly ParameterTokens _tokens;
    private readonly TokenValues _scale;
    private readonly Tensor? _chunkEncoder, _chunkEncoderBias, _chunkDecoder, _chunkDecoderBias, _baseChunks;
    private readonly Tensor? _classPositions, _absentClass;
    private readonly Linear? _rowEncoder, _rowDecoder, _baseHidden, _baseRow, _imageCondition;
    private readonly Linear _condition, _lastModulation;
    private readonly Mlp _time;
    private readonly DitBlock[] _blocks;
    private readonly LayerNorm _lastNorm;

    /// <summary>Makes an untrained network, which predicts the base parameters.</summary>
    /// <param name="options">The sizes.</param>
    /// <param name="spec">The p-model; in the class-row layout its number of classes does not count.</param>
    /// <param name="scale">The unit of each tensor that is emitted, in layout order.</param>
    /// <param name="rng">Decides the initial weights.</param>
    public TinaNetwork(TinaOptions options, PModelSpec spec, IReadOnlyList<float> scale, Rng rng)
    {
        (Options, Spec, Scale) = (options, spec, scale);
        _emitted = options.Emitted(spec);
        bool classRows = options.Tokens == TokenLayout.ClassRow;
        _tokens = new ParameterTokens(_emitted, options.ChunkSize, classRows);
        TokenValues unit = _tokens.OfSlots(scale);
        _scale = classRows ? unit with { Rows = unit.Rows.Narrow(1, 0, 1) } : unit;   // (1, S, chunk), (1, 1, R)
        int d = options.Width, chunks = _tokens.Chunks, size = options.ChunkSize, row = _tokens.RowLength;
        ParameterBuilder p = new(Parameters, rng);
        if (chunks > 0)   // a head is class rows only
        {
            _baseChunks = p["base"].Create("chunks", [1, chunks, size], Initializers.Zeros);
            _chunkEncoder = p["chunk_encoder"].Create("weight", [chunks, size, d], Initializers.FanIn(size));
            _chunkEncoderBias = p["chunk_encoder"].Create("bias", [chunks, 1, d], Initializers.Normal(0.1f));
            _chunkDecoder = p["chunk_decoder"].Create("weight", [chunks, d, size], Initializers.Zeros);
            _chunkDecoderBias = p["chunk_decoder"].Create("bias", [chunks, 1, size], Initializers.Zeros);
        }
        _condition = new Linear(p["condition"], options.ConditionLength, d);
        if (options.ImageFeatures > 0)
            _imageCondition = new Linear(p["image_condition"], options.ImageFeatures, options.ConditionLength);
        if (classRows)
        {
            _baseHidden = new Linear(
                p["base"]["hidden"], options.ConditionLength, options.BaseHidden,
                initializer: Initializers.Normal(1));
            _baseRow = new Linear(
                p["base"]["row"], options.ConditionLength + options.BaseHidden, row, initializer: Initializers.Zeros);
            _rowEncoder = new Linear(p["row_encoder"], row, d);
            _rowDecoder = new Linear(p["row_decoder"], d, row, initializer: Initializers.Zeros);
        }
        else
        {
            _classPositions = p.Create("class_positions", [options.MaxClasses, d], Initializers.Normal(0.1f));
            _absentClass = p.Create("absent_class", [d], Initializers.Normal(0.1f));
        }
        _time = new Mlp(p["time"], options.TimeInputs, d, d, static x => x.Silu());
        _blocks = [.. Enumerable.Range(0, options.Layers).Select(i => new DitBlock(p["blocks"][i], options))];
        _lastModulation = new Linear(p["last_modulation"], d, 2 * d, initializer: Initializers.Zeros);
        _lastNorm = new LayerNorm(p["last_norm"], d, affine: false);
    }

    /// <summary>The sizes.</summary>
    public TinaOptions Options { get; }

    /// <summary>The p-model that is generated.</summary>
    public PModelSpec Spec { get; }

    /// <summary>The unit of each tensor that is emitted, in layout order.</summary>
    public IReadOnlyList<float> Scale { get; }

    /// <summary>All weights by name.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>
    /// The spec of what is emitted for so many classes, an adapter included; in the chunked layout it has always the
    /// most classes, and rows that nobody asked for stay unused.
    /// </summary>
    public PModelSpec SpecOf(int classes) =>
        Options.Tokens == TokenLayout.ClassRow ? _emitted with { Classes = classes } : _emitted;

    /// <summary>Standard normal noise in the shape of the tokens of B p-models.</summary>
    /// <param name="batch">B.</param>
    /// <param name="classes">C.</param>
    /// <param name="rng">Decides it.</param>
    public TokenValues Noise(int batch, int classes, Rng rng) => new(
        Tensor.Normal([batch, _tokens.Chunks, _tokens.ChunkSize], rng.Split("chunks")),
        Tensor.Normal([batch, _baseRow is null ? 1 : classes, _tokens.RowLength], rng.Split("rows")));

    /// <summary>Such noise for one p-model, that of a class decided by its text.</summary>
    public TokenValues Noise(IReadOnlyList<string> texts, Rng rng) => new(
        Tensor.Normal([1, _tokens.Chunks, _tokens.ChunkSize], rng.Split("chunks")),
        _baseRow is null ? Tensor.Zeros([1, 1, 0]) : Tensor.Concat(
            1, [.. texts.Select(text => Tensor.Normal([1, 1, _tokens.RowLength], rng.Split("row").Split(text)))]));

    /// <summary>Parameters (B, count) as differences from the base, in units of their tensors.</summary>
    public TokenValues Normalise(Tensor vectors, Tensor conditions)
    {
        TokenValues values = TokensOf(conditions.Shape[1]).Split(vectors);
        return values.Zip(Base(conditions), static (a, b) => a - b).Zip(_scale, static (a, unit) => a / unit);
    }

    /// <summary>
    /// Undoes <see cref="Normalise"/>: vectors (B, count) in the layout of the spec of that many classes.
    /// </summary>
    public Tensor Vectors(TokenValues values, Tensor conditions) =>
        Vectors(values, conditions.Shape[1], Base(conditions).Rows);

    /// <summary>The same with another base of class rows.</summary>
    /// <param name="values">What the network predicts.</param>
    /// <param name="classes">C.</param>
    /// <param name="baseRows">The base of class rows, (B, C, R).</param>
    public Tensor Vectors(TokenValues values, int classes, Tensor baseRows)
    {
        TokenValues natural = values.Zip(_scale, static (a, unit) => a * unit);
        return TokensOf(classes).Join(natural.Zip(new(BaseChunks, baseRows), static (a, b) => a + b));
    }

    /// <summary>The conditions of classes by mean features of images of them: (…, features) → (…, E).</summary>
    /// <exception cref="InvalidOperationException">The network takes no images.</exception>
    public Tensor ConditionsOfImages(Tensor features) => _imageCondition is null
        ? throw new InvalidOperationException("This network takes no images.")
        : _imageCondition.Forward(features);

    /// <summary>What the timestep alone decides, for √ā of each p-model's timestep, from 0 to 1.</summary>
    public Modulation Modulate(ReadOnlySpan<float> signal)
    {
        Tensor time = _time.Forward(TimeInput(signal));                                         // (B, 1, D)
        return new([.. _blocks.Select(block => block.Modulate(time))], _lastModulation.Forward(time.Silu()));
    }

    /// <summary>The clean values that noisy ones came from.</summary>
    /// <param name="noisy">The values at their timestep.</param>
    /// <param name="signal">√ā of each p-model's timestep, from 0 to 1.</param>
    /// <param name="conditions">One vector per class, (B, C, E).</param>
    public TokenValues Forward(TokenValues noisy, ReadOnlySpan<float> signal, Tensor conditions) =>
        Forward(noisy, Modulate(signal), conditions);

    /// <inheritdoc cref="Forward(TokenValues, ReadOnlySpan{float}, Tensor)"/>
    /// <param name="noisy">The values at their timestep.</param>
    /// <param name="modulation">What the timestep decides.</param>
    /// <param name="conditions">One vector per class, (B, C, E).</param>
    public TokenValues Forward(TokenValues noisy, Modulation modulation, Tensor conditions)
    {
        int classes = conditions.Shape[1], chunks = _tokens.Chunks;
        if (Options.MergedText) conditions = conditions.Mean(1).Expand(conditions.Shape);
        Tensor ofClass = _condition.Forward(conditions);                                        // (B, C, D)
        if (_rowEncoder is not null) ofClass += _rowEncoder.Forward(noisy.Rows);
        else ofClass = WithPositions(ofClass);
        Tensor tokens = _chunkEncoder is null
            ? ofClass
            : Tensor.Concat(1, PerChunk(noisy.Chunks, _chunkEncoder, _chunkEncoderBias!), ofClass);  // (B, S + C, D)
        foreach ((DitBlock block, Tensor own) in _blocks.Zip(modulation.Blocks)) tokens = block.Forward(tokens, own);
        int d = Options.Width;
        tokens = _lastNorm.Forward(tokens) * (modulation.Last.Narrow(2, 0, d) + 1) + modulation.Last.Narrow(2, d, d);
        return new(
            _chunkDecoder is null
                ? noisy.Chunks
                : PerChunk(tokens.Narrow(1, 0, chunks), _chunkDecoder, _chunkDecoderBias!),
            _rowDecoder is null ? noisy.Rows : _rowDecoder.Forward(tokens.Narrow(1, chunks, classes)));
    }

    private ParameterTokens TokensOf(int classes) =>
        new(SpecOf(classes), Options.ChunkSize, Options.Tokens == TokenLayout.ClassRow);

    /// <summary>What the base of a class row is a linear map of: (B, C, E) → (B, C, E + hidden).</summary>
    public Tensor BaseFeatures(Tensor conditions)
    {
        int axis = conditions.Shape.Rank - 1;
        float scale = MathF.Sqrt(2f / Options.BaseHidden);   // as long together as the condition
        return Tensor.Concat(axis, conditions, _baseHidden!.Forward(conditions).Relu() * scale);
    }

    private TokenValues Base(Tensor conditions) => new(
        BaseChunks,
        _baseRow is null ? Tensor.Zeros([1, 1, 0]) : _baseRow.Forward(BaseFeatures(conditions)));

    private Tensor BaseChunks => _baseChunks ?? Tensor.Zeros([1, 0, Options.ChunkSize]);

    /// <summary>Class tokens with their places; classes that are missing get a token of their own kind.</summary>
    private Tensor WithPositions(Tensor ofClass)
    {
        int batch = ofClass.Shape[0], missing = Options.MaxClasses - ofClass.Shape[1];
        if (missing > 0)
            ofClass = Tensor.Concat(1, ofClass, _absentClass!.Expand([batch, missing, Options.Width]));
        return ofClass + _classPositions!;
    }

    /// <summary>Each chunk through a linear layer of its own: (B, S, n) · (S, n, m) → (B, S, m).</summary>
    private static Tensor PerChunk(Tensor x, Tensor weight, Tensor bias) =>
        (x.Transpose(0, 1).MatMul(weight) + bias).Transpose(0, 1);

    /// <summary>
    /// Sines and cosines of the signal at geometric frequencies, (B, 1, time channels) (Vaswani et al. 2017, section
    /// 3.5).
    /// </summary>
    private Tensor TimeInput(ReadOnlySpan<float> signal)
    {
        const double range = 1000;
        int channels = Options.TimeInputs, half = channels / 2;
        Tensor input = Tensor.Zeros([signal.Length, 1, channels]);
        for (int b = 0; b < signal.Length; b++)
        {
            Span<float> row = input.AsSpan().Slice(b * channels, channels);
            for (int i = 0; i < half; i++)
            {
                double angle = range * signal[b] * Math.Exp(-Math.Log(10_000) * i / half);
                (row[i], row[half + i]) = ((float)Math.Sin(angle), (float)Math.Cos(angle));
            }
        }
        return input;
    }
}
