using Microsoft.ML;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.MLNet;

/// <summary>
/// The steps as ML.NET's users look for them, on the catalogs of an <see cref="MLContext"/>. The context is given once
/// more, as catalogs do not hand out theirs: its seed, log and cancellation count.
/// </summary>
public static class TextToModelCatalog
{
    /// <summary>A classifier of feature vectors, from labelled rows.</summary>
    /// <param name="catalog">The trainers of <paramref name="context"/>.</param>
    /// <param name="context">The context.</param>
    /// <param name="labelColumnName">The classes: keys, texts, numbers or booleans.</param>
    /// <param name="featureColumnName">Vectors of floats.</param>
    /// <param name="taskDescription">What the classifier is to tell; its card keeps it.</param>
    public static TextToModelEstimator TextToModel(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MLContext context,
        string labelColumnName = "Label", string featureColumnName = "Features", string? taskDescription = null) =>
        catalog.TextToModel(context, new TextToModelOptions
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, TaskDescription = taskDescription,
        });

    /// <summary>A classifier as <paramref name="options"/> say.</summary>
    /// <param name="catalog">The trainers of <paramref name="context"/>.</param>
    /// <param name="context">The context.</param>
    /// <param name="options">What to tell apart, from which column, and how.</param>
    /// <exception cref="ModelInputException">An option is out of range.</exception>
    public static TextToModelEstimator TextToModel(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MLContext context,
        TextToModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TextToModelEstimator(context, options, binary: false);
    }

    /// <summary>A classifier of two classes, from rows with a boolean label.</summary>
    /// <param name="catalog">The trainers of <paramref name="context"/>.</param>
    /// <param name="context">The context.</param>
    /// <param name="labelColumnName">Booleans.</param>
    /// <param name="featureColumnName">Vectors of floats.</param>
    /// <param name="taskDescription">What the classifier is to tell; its card keeps it.</param>
    public static TextToModelEstimator TextToModel(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MLContext context,
        string labelColumnName = "Label", string featureColumnName = "Features", string? taskDescription = null) =>
        catalog.TextToModel(context, new TextToModelOptions
        {
            LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, TaskDescription = taskDescription,
        });

    /// <summary>A classifier of two classes, the negative one first, as <paramref name="options"/> say.</summary>
    /// <param name="catalog">The trainers of <paramref name="context"/>.</param>
    /// <param name="context">The context.</param>
    /// <param name="options">What to tell apart, from which column, and how.</param>
    /// <exception cref="ModelInputException">An option is out of range.</exception>
    public static TextToModelEstimator TextToModel(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MLContext context,
        TextToModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TextToModelEstimator(context, options, binary: true);
    }

    /// <summary>A classifier of images from the names of its classes; rows with labels, if any, refine it.</summary>
    /// <param name="catalog">The transforms of <paramref name="context"/>.</param>
    /// <param name="context">The context.</param>
    /// <param name="imageColumnName">
    /// Paths or bytes of image files, or pixels (<see cref="TextToModelOptions.ImageColumnName"/>).
    /// </param>
    /// <param name="classes">The classes; none for those of the column <c>Label</c>.</param>
    public static TextToModelEstimator TextToModel(
        this TransformsCatalog catalog, MLContext context, string imageColumnName,
        params IReadOnlyList<ClassText> classes) => catalog.TextToModel(
            context, new TextToModelOptions { ImageColumnName = imageColumnName, Classes = classes });

    /// <summary>A classifier of an image or text column as <paramref name="options"/> say.</summary>
    /// <param name="catalog">The transforms of <paramref name="context"/>.</param>
    /// <param name="context">The context.</param>
    /// <param name="options">What to tell apart, from which column, and how.</param>
    /// <exception cref="ModelInputException">An option is out of range.</exception>
    public static TextToModelEstimator TextToModel(
        this TransformsCatalog catalog, MLContext context, TextToModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TextToModelEstimator(context, options, binary: false);
    }
}
