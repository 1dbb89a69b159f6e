using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ML.TextToModel.MLNet;

/// <summary>
/// A fitted classifier as a chain of ML.NET's own steps. A transformer of another assembly cannot be saved by
/// <c>Model.Save</c>; these can, and are loaded in any process that finds this assembly. The model travels as a text in
/// a lookup step, and so do slot names and key values, in the annotations of lookup tables.
/// </summary>
internal static class StepChain
{
    /// <summary>The steps.</summary>
    /// <param name="context">The context.</param>
    /// <param name="inputColumn">The column to classify.</param>
    /// <param name="input">What it holds.</param>
    /// <param name="model">The model as <see cref="SavedModel.Write"/> gives it.</param>
    /// <param name="classes">The classes in the order of scores; null for a binary classifier.</param>
    public static IEstimator<ITransformer> Of(
        MLContext context, string inputColumn, InputKind input, string model, LabelClasses? classes)
    {
        TransformsCatalog transforms = context.Transforms;
        IEstimator<ITransformer> chain = transforms.CopyColumns(Columns.Input, inputColumn)
            .Append(transforms.CustomMapping(new ConstantText().GetMapping(), ConstantText.Contract))
            .Append(transforms.Conversion.MapValue(
                Columns.Model, [KeyValuePair.Create(ConstantText.Text, model)], Columns.Constant))
            .Append(classes is null ? Binary(transforms, input) : Classes(transforms, input));
        if (classes is null)
            return chain.Append(transforms.DropColumns(Columns.Input, Columns.Constant, Columns.Model));
        IDataView places = Places(context, classes.Names), keys = classes.Keys(context);
        return chain
            .Append(transforms.Conversion.MapValue(
                Columns.Places, places, places.Schema["Key"], places.Schema["Value"], Columns.Constant))
            .Append(transforms.Expression(Columns.Score, ScoreText.Expression, Columns.Places, Columns.Scores))
            .Append(transforms.CopyColumns(Columns.Probability, Columns.Score))
            .Append(transforms.Conversion.MapValue(
                Columns.PredictedLabel, keys, keys.Schema["Place"], keys.Schema["Key"], Columns.Predicted))
            .Append(transforms.DropColumns(
                Columns.Input, Columns.Constant, Columns.Model, Columns.Places, Columns.Scores, Columns.Predicted));
    }

    /// <summary>The text of the model in a chain, or in one within it; null where there is none.</summary>
    public static string? FindModel(MLContext context, ITransformer transformer)
    {
        if (transformer is not IEnumerable<ITransformer> chain) return null;
        ITransformer[] steps = [.. chain];
        int constant = Array.FindIndex(
            steps, step => step is CustomMappingTransformer<ConstantText.Nothing, ConstantText.Constant>);
        if (constant < 0)
            return steps.Select(step => FindModel(context, step)).FirstOrDefault(found => found is not null);
        IDataView row = context.Data.LoadFromEnumerable(new[] { new PlaceRow() });
        IDataView model = steps[constant + 1].Transform(steps[constant].Transform(row));
        using DataViewRowCursor cursor = model.GetRowCursor([model.Schema[Columns.Model]]);
        ReadOnlyMemory<char> text = default;
        cursor.MoveNext();
        cursor.GetGetter<ReadOnlyMemory<char>>(model.Schema[Columns.Model])(ref text);
        return text.ToString();
    }

    private static IEstimator<ITransformer> Classes(TransformsCatalog transforms, InputKind input) => input switch
    {
        InputKind.Floats => transforms.CustomMapping(new ClassesOfFloats().GetMapping(), ClassesOfFloats.Contract),
        InputKind.ImageBytes => transforms.CustomMapping(new ClassesOfBytes().GetMapping(), ClassesOfBytes.Contract),
        _ => transforms.CustomMapping(new ClassesOfText().GetMapping(), ClassesOfText.Contract),
    };

    private static IEstimator<ITransformer> Binary(TransformsCatalog transforms, InputKind input) => input switch
    {
        InputKind.Floats => transforms.CustomMapping(new BinaryOfFloats().GetMapping(), BinaryOfFloats.Contract),
        InputKind.ImageBytes => transforms.CustomMapping(new BinaryOfBytes().GetMapping(), BinaryOfBytes.Contract),
        _ => transforms.CustomMapping(new BinaryOfText().GetMapping(), BinaryOfText.Contract),
    };

    /// <summary>A table of one row: the constant, and a vector 0, 1, 2 and so on whose slots have the names.</summary>
    private static IDataView Places(MLContext context, IReadOnlyList<string> names)
    {
        SchemaDefinition columns = SchemaDefinition.Create(typeof(PlaceRow));
        columns[nameof(PlaceRow.Value)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, names.Count);
        columns[nameof(PlaceRow.Value)].AddAnnotation(
            "SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(name => name.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, names.Count));
        PlaceRow row = new() { Value = [.. Enumerable.Range(0, names.Count).Select(i => (float)i)] };
        return context.Data.LoadFromEnumerable(new[] { row }, columns);
    }

    private sealed class PlaceRow
    {
        public string Key { get; set; } = ConstantText.Text;

        public float[] Value { get; set; } = [];
    }
}
