using ML.TextToModel.Datasets;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>What the user said about the data.</summary>
/// <param name="Table">How to read tables.</param>
/// <param name="Split">The part of a data set that has several; null for the test part.</param>
/// <param name="ClassesFile">The class names of a file of image records.</param>
/// <param name="Fit">What to do with images of another shape than the classifier's.</param>
internal sealed record DataChoices(TableOptions Table, ImageSplit? Split, string? ClassesFile, ImageFit Fit);
