using ML.TextToModel.Evaluation;

namespace ML.TextToModel.Audits;

/// <summary>Where the parameters of a classifier come from.</summary>
public enum AuditMethod
{
    /// <summary>The generator, given the texts of the classes.</summary>
    Generated,

    /// <summary>The same with other noise.</summary>
    OtherNoise,

    /// <summary>The mean of both samples' probabilities.</summary>
    Ensemble,

    /// <summary>The generic model's rows of the classes.</summary>
    Selection,

    /// <summary>The generator, each class with the text of another one of the task.</summary>
    ShuffledPrompt,

    /// <summary>The generator, given texts of classes that the task does not have.</summary>
    OtherClasses,

    /// <summary>The generator, given texts that say nothing: first, second, and so on.</summary>
    EmptyPrompt,

    /// <summary>
    /// The zoo's p-model that is nearest to the generated parameters in the tensors that are no class rows. As all
    /// p-models here, it has the generic model's rows for classes that it does not know.
    /// </summary>
    NearestByParameters,

    /// <summary>The zoo's p-model with the most classes of the task.</summary>
    NearestByClasses,

    /// <summary>That one with normal noise of a tenth of each tensor's root mean square.</summary>
    NearestWithNoise,

    /// <summary>The mean of all p-models, class rows by their places.</summary>
    Averaged,

    /// <summary>The mean of all p-models in the shared tensors, with the generic model's rows.</summary>
    AveragedWithSelectedRows,
}

/// <summary>How a method does over the tasks.</summary>
/// <param name="Method">The method.</param>
/// <param name="Accuracy">Its accuracy, from 0 to 1.</param>
/// <param name="Difference">That less the generated classifier's, task by task.</param>
public sealed record AuditAccuracy(AuditMethod Method, SampleMean Accuracy, SampleMean Difference);

/// <summary>How much a generated classifier depends on the noise that it was sampled from.</summary>
/// <param name="Distance">The distance of two samples' parameters over the length of the first.</param>
/// <param name="LabelsChanged">The share of test images that the two label differently.</param>
public sealed record NoiseDependence(SampleMean Distance, SampleMean LabelsChanged);

/// <summary>
/// Distances to the nearest p-model of the zoo, medians, in units of <see cref="ParameterDistance"/>.
/// </summary>
/// <param name="Generated">Of generated classifiers.</param>
/// <param name="AmongZoo">Of p-models, to the nearest other one.</param>
/// <param name="AmongZooLow">The distance that a twentieth of the p-models is nearer than.</param>
/// <param name="ShareBelowLow">The share of generated classifiers that is nearer than that.</param>
/// <param name="Selection">Of classifier selections from the generic model.</param>
public sealed record NearestDistances(
    double Generated, double AmongZoo, double AmongZooLow, double ShareBelowLow, double Selection)
{
    /// <summary>
    /// Generated over among the zoo: near 0 for copies, 1 for what is as new as a p-model. What lies amid the
    /// p-models, as their mean does, has about 0.7: it is nearer to each than they are to one another.
    /// </summary>
    public double Ratio => AmongZoo > 0 ? Generated / AmongZoo : 0;
}

/// <summary>The Jaccard index of the mistakes of two classifiers (<see cref="ErrorOverlap"/>).</summary>
/// <param name="NearestByParameters">Generated ones and the p-model nearest by parameters.</param>
/// <param name="NearestByClasses">Generated ones and the p-model nearest by classes.</param>
/// <param name="Selection">Classifier selections and the p-model nearest by parameters to the generated.</param>
/// <param name="AmongZoo">P-models on their own tasks and the nearest other ones.</param>
public sealed record ErrorOverlaps(
    SampleMean NearestByParameters, SampleMean NearestByClasses, SampleMean Selection, SampleMean AmongZoo);

/// <summary>Whether generated classifiers are copies of p-models.</summary>
/// <param name="PModels">P-models of the zoo.</param>
/// <param name="Shared">In the tensors that are no class rows.</param>
/// <param name="Rows">
/// In class rows, each to the nearest row of the same class, less their <see cref="CommonPart"/>; null where no class
/// of a task, or no class of two p-models, is in the zoo.
/// </param>
/// <param name="Errors">How alike mistakes are.</param>
public sealed record ZooComparison(int PModels, NearestDistances Shared, NearestDistances? Rows, ErrorOverlaps Errors)
{
    private const double Near = 0.5;

    /// <summary>Whether a ratio of distances is below a half, which a mean of p-models does not come near.</summary>
    public bool LooksMemorised => Shared.Ratio < Near || Rows?.Ratio < Near;
}

/// <summary>What an <see cref="Audit"/> found.</summary>
/// <param name="Tasks">Tasks.</param>
/// <param name="TaskSize">Classes of each.</param>
/// <param name="Accuracies">Accuracies of the generator and of what it is compared with.</param>
/// <param name="Noise">How much the noise matters.</param>
/// <param name="Zoo">The comparison with a zoo; null without one.</param>
/// <param name="Remarks">What was left out, and why.</param>
public sealed record AuditReport(
    int Tasks, int TaskSize, IReadOnlyList<AuditAccuracy> Accuracies, NoiseDependence Noise, ZooComparison? Zoo,
    IReadOnlyList<string> Remarks)
{
    /// <summary>A method's figures; null where it was left out.</summary>
    public AuditAccuracy? Of(AuditMethod method) => Accuracies.FirstOrDefault(row => row.Method == method);
}
