using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Optimizers;

namespace ML.TextToModel.Training;

/// <summary>
/// The training of a residual network on all classes of an image set. Its features become a frozen backbone, its class
/// rows the first head on it.
/// </summary>
public sealed class ResNetTraining : ITraining
{
    private readonly ResNetNetwork _network;
    private readonly ImagePreprocessing _image;
    private readonly TrainingOptions _options;
    private readonly BatchFeed _feed;
    private readonly Optimizer _optimizer;
    private readonly int _classes, _features, _warmUp;

    /// <summary>Prepares the training at its first step.</summary>
    /// <param name="images">The images to learn from.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="image">How pixels become inputs.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides initial weights, the order of images and their random changes.</param>
    /// <exception cref="ModelInputException">A size or an option is out of range.</exception>
    public ResNetTraining(
        ImageSet images, ResNetArchitecture architecture, ImagePreprocessing image, TrainingOptions options, ulong seed)
    {
        if (architecture.Faults().Concat(options.Faults()).ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        (_image, _options) = (image, options);
        (_classes, _features) = (images.ClassNames.Count, architecture.Features);
        Rng rng = new(seed);
        _network = new ResNetNetwork(architecture, _classes, rng.Split("initial"));
        ImageExamples examples = new(images, tasks: null, image, options);
        _feed = new BatchFeed(examples, Math.Min(options.BatchSize, images.Count), rng.Split("training"));
        TotalSteps = (int)Math.Ceiling((double)options.Epochs * images.Count / _feed.BatchSize);
        _warmUp = (int)(options.WarmUp * TotalSteps);
        _optimizer = options.Optimizer switch
        {
            OptimizerKind.AdamW => new AdamW(
                _network.Parameters,
                new AdamWOptions { Rate = options.Rate, Decay = options.Decay, ClipNorm = options.ClipNorm }),
            _ => new Sgd(
                _network.Parameters,
                new SgdOptions
                {
                    Rate = options.Rate, Decay = options.Decay, Nesterov = true, ClipNorm = options.ClipNorm,
                }),
        };
    }

    /// <summary>Steps taken so far.</summary>
    public int Step => _optimizer.StepCount;

    /// <summary>Steps of the whole training.</summary>
    public int TotalSteps { get; }

    /// <summary>Images seen so far.</summary>
    public long Examples => (long)Step * _feed.BatchSize;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
    [
        .. _network.Parameters,
        .. _network.Statistics.Select(s => KeyValuePair.Create($"statistics/{s.Key}", s.Value)),
        .. _optimizer.State.Select(s => KeyValuePair.Create($"optimizer/{s.Key}", s.Value)),
    ];

    /// <summary>The architecture of the head.</summary>
    public LinearSpec Head => new() { Inputs = _features, Classes = _classes };

    /// <inheritdoc/>
    public float Advance()
    {
        if (Step >= TotalSteps) throw new InvalidOperationException($"All {TotalSteps} steps are taken.");
        using TensorScope scope = new();
        Tensor inputs = _feed.Next(Step).Squeeze(0);
        Tensor loss = _network.Forward(inputs).CrossEntropy(_feed.Labels, _options.LabelSmoothing);
        _optimizer.Rate = _options.Rate * (float)Schedule.WarmUpCosine(Step, _warmUp, TotalSteps);
        _optimizer.Step(loss.Backward());
        return loss.Item();
    }

    /// <inheritdoc/>
    public void ResumeAt(int step) => _optimizer.StepCount = step;

    /// <summary>The backbone with the present weights.</summary>
    public Backbone Backbone() => _network.Fold(_image);

    /// <summary>The present class rows, in the order of <see cref="Head"/>.</summary>
    public float[] HeadVector() => _network.Head();
}
