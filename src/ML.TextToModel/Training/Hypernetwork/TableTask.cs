using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>A table with labels and words, to train a requirement hypernetwork with.</summary>
/// <param name="Description">What is wanted, and what columns and classes mean; in one wording at least.</param>
/// <param name="Sample">Labelled rows.</param>
public sealed record TableTask(TaskDescription Description, TableSample Sample)
{
    /// <summary>What makes features of the rows; it needs no labels.</summary>
    public TablePreprocessing Preprocessing =>
        field ??= TablePreprocessing.Fit(Sample.Columns, Sample.Categories, Sample.Values);
}
