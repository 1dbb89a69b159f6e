using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;

namespace ML.TextToModel.MLNet;

/// <summary>TextToModel steps for the experiments of AutoML, beside ML.NET's own trainers.</summary>
public static class TextToModelAutoCatalog
{
    /// <summary>
    /// A step of any number of classes whose generator, size and refinement an experiment searches (<see
    /// cref="TextToModelSearchSpace"/>). Stopping the experiment stops a fit.
    /// </summary>
    /// <remarks>
    /// Experiments take <c>label</c>, in lower case, for the label unless
    /// <c>SetMulticlassClassificationMetric</c> is told its name.
    /// </remarks>
    /// <param name="catalog">AutoML's catalog: <c>context.Auto()</c>.</param>
    /// <param name="options">What does not vary. Default: that of <see cref="TextToModelOptions"/>.</param>
    public static SweepableEstimator TextToModel(this AutoCatalog catalog, TextToModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new TextToModelOptions();
        return catalog.CreateSweepableEstimator(
            (context, trial) => context.MulticlassClassification.Trainers.TextToModel(
                context, options with { Refinement = trial.Of(options.Refinement) }),
            new SearchSpace<TextToModelSearchSpace>());
    }
}
