namespace ML.TextToModel.Training;

/// <summary>What a training of Tina makes small.</summary>
public enum TinaObjective
{
    /// <summary>
    /// The cross-entropy of the classifiers that it generates in one step, each on images of its own task: no zoo of
    /// trained p-models is needed, and what could be copied from one would not help.
    /// </summary>
    Task,

    /// <summary>
    /// The squared error of the clean parameters that it predicts from noisy ones of a zoo (Tina, arXiv 2405.14132,
    /// equation 1).
    /// </summary>
    Diffusion,

    /// <summary>
    /// Both: the squared error at a random timestep, and the cross-entropy of what is predicted there.
    /// </summary>
    Joint,
}
