using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Generators;

/// <summary>
/// Chooses the architecture and the generator of a requirement within its budget: the model generator of ModelGPT
/// (arXiv 2402.12408, section 3.2).
/// </summary>
public interface IModelSelector
{
    /// <summary>Chooses; the largest that the budget allows.</summary>
    /// <param name="requirement">What is wanted, with the budget.</param>
    /// <exception cref="ModelInputException">
    /// Nothing serves the requirement, or nothing fits the budget; the message says what would.
    /// </exception>
    ModelChoice Select(TaskRequirement requirement);
}

/// <summary>What was chosen.</summary>
/// <param name="Generator">What makes the parameters.</param>
/// <param name="Spec">
/// The architecture; of a table, its inputs are an estimate until the rows have been encoded.
/// </param>
/// <param name="Explanation">One line for people: what, how large, and why.</param>
public sealed record ModelChoice(GeneratorKind Generator, PModelSpec Spec, string Explanation)
{
    /// <summary>How <see cref="TableGenerator"/> makes it; null for other generators.</summary>
    public TableGeneratorOptions? TableOptions { get; init; }
}

/// <summary>What makes the parameters of a p-model.</summary>
public enum GeneratorKind
{
    /// <summary>Networks emitted in one pass from labelled rows, merged and refined.</summary>
    InContext,

    /// <summary>Regularised logistic regression on labelled rows.</summary>
    Linear,

    /// <summary>A diffusion transformer, from class texts.</summary>
    Tina,

    /// <summary>A hypernetwork, from what a requirement says of a table.</summary>
    Hypernetwork,

    /// <summary>The likeness of texts to class texts.</summary>
    ClassTexts,
}
