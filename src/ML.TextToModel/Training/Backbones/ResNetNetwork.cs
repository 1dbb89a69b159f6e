using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Training;

/// <summary>A <see cref="ResNetArchitecture"/> with its weights, while it is trained: with batch norm.</summary>
internal sealed class ResNetNetwork
{
    private const int Stages = 3;

    private readonly ResNetArchitecture _architecture;
    private readonly NormalizedConvolution _stem;
    private readonly List<ResidualBlock> _blocks = [];
    private readonly Linear _head;

    public ResNetNetwork(ResNetArchitecture architecture, int classes, Rng rng)
    {
        _architecture = architecture;
        ParameterBuilder parameters = new(Parameters, rng);
        int channels = architecture.Channels;
        _stem = new NormalizedConvolution(parameters, Statistics, "stem", ImageSet.Channels, channels, stride: 1);
        for (int stage = 0; stage < Stages; stage++)
        {
            int outputs = architecture.Channels << stage;
            for (int i = 0; i < architecture.Blocks; i++, channels = outputs)
                _blocks.Add(new ResidualBlock(parameters, Statistics, $"stage{stage + 1}.{i}", channels, outputs));
        }
        _head = new Linear(parameters["head"], channels, classes);
    }

    /// <summary>What is trained.</summary>
    public ParameterSet Parameters { get; } = new();

    /// <summary>The running means and variances of the batch norms.</summary>
    public ParameterSet Statistics { get; } = new();

    /// <summary>Images (B, 32, 32, 3) → logits (B, classes), with the batch's statistics.</summary>
    public Tensor Forward(Tensor images)
    {
        Tensor x = _stem.Forward(images, relu: true);
        foreach (ResidualBlock block in _blocks) x = block.Forward(x);
        return _head.Forward(Pooling.GlobalAverage(x));
    }

    /// <summary>All but the head, the batch norms folded into the convolutions by their running statistics.</summary>
    public Backbone Fold(ImagePreprocessing image)
    {
        BackboneDraft draft = new();
        int value = draft.Add(new ClampStep(_stem.Fold(0, draft), 0)), side = ImageSet.Side;
        foreach (ResidualBlock block in _blocks)
        {
            value = block.Fold(value, side, draft);
            side /= block.Stride;
        }
        draft.Add(new MeanStep(value));
        return draft.Build(_architecture.ToString(), ImageSet.Side, ImageSet.Side, image);
    }

    /// <summary>The head's parameters in the order of a <see cref="LinearSpec"/>.</summary>
    public float[] Head() => [.. _head.Weight.ToArray(), .. _head.Bias!.ToArray()];
}
