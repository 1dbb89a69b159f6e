using ML.TextToModel.Generators.Tina;

namespace ML.TextToModel.Training;

/// <summary>How to train Tina.</summary>
public sealed record TinaTrainingOptions
{
    /// <summary>What training makes small. Default: the loss of the classifiers that are generated.</summary>
    public TinaObjective Objective { get; init; }

    /// <summary>What the squared error counts in the joint objective. Default 1.</summary>
    public float DiffusionWeight { get; init; } = 1;

    /// <summary>
    /// Whether p-models of a zoo come with their classes, and the rows of these, in random order: the classifier
    /// augmentation of the paper. Default true.
    /// </summary>
    public bool ShuffleClasses { get; init; } = true;

    /// <summary>
    /// Whether p-models of a zoo, which must be CNNs, come with their channels in random order: the permutation
    /// augmentation that the paper tries as an ablation. Default false.
    /// </summary>
    public bool PermuteChannels { get; init; }

    /// <summary>How noise grows with the timestep. Default: along a cosine.</summary>
    public NoiseKind Noise { get; init; }

    /// <summary>Steps in all. Default 10,000.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>Tasks of one step. Default 12.</summary>
    public int Tasks { get; init; } = 12;

    /// <summary>Images of each task. Default 64.</summary>
    public int Images { get; init; } = 64;

    /// <summary>The fewest classes of a task. Default 10.</summary>
    public int MinClasses { get; init; } = 10;

    /// <summary>The most classes of a task; numbers are drawn on a logarithmic scale. Default 10.</summary>
    public int MaxClasses { get; init; } = 10;

    /// <summary>The learning rate at its peak. Default 3e-4.</summary>
    public float Rate { get; init; } = 3e-4f;

    /// <summary>How much faster the base parameters learn. Default 3.</summary>
    public float BaseRate { get; init; } = 3;

    /// <summary>Weight decay. Default 0.01.</summary>
    public float Decay { get; init; } = 0.01f;

    /// <summary>Steps until the rate is at its peak; then it falls along half a cosine wave. Default 200.</summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>Gradients are scaled down to this norm. Default 1.</summary>
    public float ClipNorm { get; init; } = 1;

    /// <summary>The share of the running mean of weights that a step keeps. Default 0.999.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>
    /// The unit of what the network emits, as a share of the root mean square of each tensor of the generic model.
    /// Default 1.
    /// </summary>
    public float Unit { get; init; } = 1;

    /// <summary>
    /// The penalty of the ridge regression of the generic model's class rows on conditions, where training starts: a
    /// small one gives known classes their rows. Default null: the best for classes that are left out in turn.
    /// </summary>
    public double? Ridge { get; init; }

    /// <summary>
    /// The share of each task's classes whose rows the base has to predict from their texts and the rows of the other
    /// known classes, by ridge regression: so it learns to serve classes that it never saw. Default 0: none.
    /// </summary>
    public float HoldOut { get; init; }

    /// <summary>
    /// Noise on the conditions that the blocks see in training, as a share of the conditions' mean length: with it they
    /// cannot tell known classes by heart. Default 0.
    /// </summary>
    public float ConditionNoise { get; init; }

    /// <summary>The most images of an image prompt in training. Default 5.</summary>
    public int PromptImages { get; init; } = 5;

    /// <summary>
    /// Noise on the features of each image of a prompt in training, as a share of how those of any two images differ:
    /// a backbone sees the images that it learned from more clearly than others. Default 0.
    /// </summary>
    public float PromptNoise { get; init; }

    /// <summary>Images are mirrored left to right half the time. Default true.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>Images are shifted by up to this many pixels along each axis. Default 4.</summary>
    public int Shift { get; init; } = 4;

    /// <summary>What is out of range, one sentence each; empty if nothing.</summary>
    /// <param name="classes">The number of classes that there are.</param>
    public IEnumerable<string> Faults(int classes)
    {
        if (Steps < 1) yield return $"{Steps} steps are too few.";
        if (Tasks < 1) yield return $"{Tasks} tasks per step are too few.";
        if (Images < 1) yield return $"{Images} images per task are too few.";
        if (Objective == TinaObjective.Task && (MinClasses < 2 || MaxClasses < MinClasses || MaxClasses > classes))
            yield return $"Tasks of {MinClasses} to {MaxClasses} out of {classes} classes are not possible.";
        if (!Enum.IsDefined(Objective)) yield return $"There is no objective {Objective}.";
        if (!Enum.IsDefined(Noise)) yield return $"There is no noise {Noise}.";
        if (!(DiffusionWeight >= 0)) yield return $"The weight {DiffusionWeight} of the squared error is negative.";
        if (Ridge <= 0) yield return $"The penalty {Ridge} of the ridge regression is not positive.";
        if (HoldOut is not (>= 0 and <= 1)) yield return $"The share {HoldOut} of classes held out is not from 0 to 1.";
        if (HoldOut > 0 && Objective != TinaObjective.Task)
            yield return "Classes are held out only with the objective task.";
        if (!(ConditionNoise >= 0)) yield return $"The noise {ConditionNoise} of conditions is negative.";
        if (!(PromptNoise >= 0)) yield return $"The noise {PromptNoise} of image prompts is negative.";
        if (PromptImages < 1) yield return $"Prompts of {PromptImages} images are too few.";
        if (!(Unit > 0)) yield return $"The unit {Unit} is not positive.";
        if (!(Rate > 0)) yield return $"The rate {Rate} is not positive.";
        if (!(BaseRate >= 0)) yield return $"The factor {BaseRate} of the base's rate is negative.";
        if (!(Decay >= 0)) yield return $"The decay {Decay} is negative.";
        if (WarmUp < 0) yield return $"The warm-up of {WarmUp} steps is negative.";
        if (!(ClipNorm > 0)) yield return $"The norm {ClipNorm} is not positive.";
        if (AverageDecay is not (>= 0 and < 1)) yield return $"The decay {AverageDecay} of the mean is not below 1.";
    }
}
