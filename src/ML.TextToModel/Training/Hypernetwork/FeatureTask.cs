using ML.TextToModel.Datasets;

namespace ML.TextToModel.Training;

/// <summary>
/// Features of images through a frozen backbone, with labels and words, to train a requirement hypernetwork with.
/// </summary>
/// <param name="Description">What is wanted, and what classes mean; in one wording at least.</param>
/// <param name="Classes">The classes' names.</param>
/// <param name="Length">The number of features.</param>
/// <param name="Features">(images, length), image after image.</param>
/// <param name="Labels">The class of each image.</param>
public sealed record FeatureTask(
    TaskDescription Description, IReadOnlyList<string> Classes, int Length, float[] Features, int[] Labels);
