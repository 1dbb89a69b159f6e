using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;

namespace ML.TextToModel.MLNet;

/// <summary>
/// A fitted step: a classifier as ML.NET's pipelines, engines and evaluations use it. <c>Model.Save</c> saves it as the
/// stock steps that it consists of; loaded, these classify to the same bits, and <see cref="ModelOf"/> finds the
/// classifier in them.
/// </summary>
public sealed class TextToModelTransformer : ISingleFeaturePredictionTransformer<FittedClassifier>
{
    private readonly ITransformer _steps;

    internal TextToModelTransformer(
        ITransformer steps, FittedClassifier model, string featureColumnName, DataViewType featureColumnType)
    {
        (_steps, Model) = (steps, model);
        (FeatureColumnName, FeatureColumnType) = (featureColumnName, featureColumnType);
    }

    /// <summary>The classifier; its card says where it comes from and what was tried.</summary>
    public FittedClassifier Model { get; }

    /// <summary>The column that is classified.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of that column.</summary>
    public DataViewType FeatureColumnType { get; }

    /// <summary>True: each row is classified by itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _steps.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _steps.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _steps.GetRowToRowMapper(inputSchema);

    /// <summary>
    /// Writes the classifier, its preprocessing included, as an ONNX model (<see cref="OnnxExport"/>): what
    /// <c>ConvertToOnnx</c> cannot do, as it knows only the steps of ML.NET. <c>ApplyOnnxModel</c> takes the column
    /// that this step took, where it holds vectors of numbers; where it holds image files, vectors named <c>image</c>.
    /// </summary>
    /// <exception cref="ModelInputException">There is no ONNX form of this kind of classifier.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void ExportToOnnx(string path)
    {
        bool numbers = FeatureColumnType is VectorDataViewType { ItemType: NumberDataViewType item }
            && item == NumberDataViewType.Single;
        OnnxExport.Write(path, Model, numbers ? FeatureColumnName : null);
    }

    /// <summary>The classifier in a fitted or loaded pipeline.</summary>
    /// <param name="context">Any context.</param>
    /// <param name="pipeline">What <c>Fit</c> or <c>Model.Load</c> gave.</param>
    /// <exception cref="ModelInputException">There is none, or it was saved by a later version.</exception>
    public static FittedClassifier ModelOf(MLContext context, ITransformer pipeline) =>
        StepChain.FindModel(context, pipeline is TextToModelTransformer own ? own._steps : pipeline) is { } text
            ? SavedModel.Read(text).Classifier
            : throw new ModelInputException("This pipeline has no TextToModel step.");

    void ICanSaveModel.Save(ModelSaveContext ctx) => _steps.Save(ctx);
}
