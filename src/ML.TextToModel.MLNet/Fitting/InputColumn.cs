using Microsoft.ML;
using Microsoft.ML.Data;

namespace ML.TextToModel.MLNet;

/// <summary>The column that is classified.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record InputColumn(DataViewSchema.Column Column, InputKind Kind)
{
    /// <summary>Its name.</summary>
    public string Name => Column.Name;

    /// <summary>Its type.</summary>
    public DataViewType Type => Column.Type;

    /// <summary>The column that the options name.</summary>
    /// <exception cref="ModelInputException">It is missing, or of a type that cannot be classified.</exception>
    public static InputColumn Of(DataViewSchema schema, TextToModelOptions options)
    {
        if (schema.GetColumnOrNull(options.InputColumnName) is not { } column) throw Missing(options);
        var vector = column.Type as VectorDataViewType;
        if (vector is { IsKnownSize: false } && vector.ItemType == NumberDataViewType.Single)
            throw new ModelInputException(
                $"The vectors of the column '{column.Name}' vary in length; a classifier takes one length.");
        return new(column, Decide(options, vector is not null, vector?.ItemType ?? column.Type, $"{column.Type}"));
    }

    /// <summary>What the column that the options name will hold.</summary>
    /// <exception cref="ModelInputException">It is missing, or of a type that cannot be classified.</exception>
    public static InputKind KindOf(SchemaShape schema, TextToModelOptions options)
    {
        if (schema.Where(one => one.Name == options.InputColumnName).ToArray() is not [var column])
            throw Missing(options);
        bool vector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        return Decide(options, vector && !column.IsKey, column.ItemType, $"{column.Kind} of {column.ItemType}");
    }

    /// <summary>A name for each number of vectors: its slot's where each has one of its own.</summary>
    public IReadOnlyList<string> SlotNames() => SlotNames(((VectorDataViewType)Type).Size);

    /// <summary>The same for vectors that are made of the column.</summary>
    /// <param name="width">Their length.</param>
    public IReadOnlyList<string> SlotNames(int width)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        if (Column.Annotations.Schema.GetColumnOrNull("SlotNames") is not null)
            Column.Annotations.GetValue("SlotNames", ref slots);
        string[] names = [.. slots.DenseValues().Select(name => name.ToString())];
        return names.Length == width && names.All(name => name.Length > 0) && names.Distinct().Count() == width
            ? names
            : [.. Enumerable.Range(0, width).Select(i => $"{Name}.{i}")];
    }

    private static InputKind Decide(TextToModelOptions options, bool vector, DataViewType item, string type)
    {
        bool image = options.ImageColumnName is not null, text = options.TextColumnName is not null;
        if (vector && item == NumberDataViewType.Single && !text) return InputKind.Floats;
        if (vector && item == NumberDataViewType.Byte && image) return InputKind.ImageBytes;
        if (!vector && item is TextDataViewType && image) return InputKind.ImagePath;
        if (!vector && item is TextDataViewType && text) return InputKind.Text;
        throw new ModelInputException(
            $"The column '{options.InputColumnName}' is of type {type}; " + (image
                ? "images are paths, vectors of bytes, or vectors of pixels as ExtractPixels makes them."
                : text ? "a text column is of type Text." : "features are a vector of Single; Concatenate makes one."));
    }

    private static ModelInputException Missing(TextToModelOptions options) =>
        new($"There is no column '{options.InputColumnName}' to classify.");
}
