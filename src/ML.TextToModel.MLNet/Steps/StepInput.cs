using Microsoft.ML.Data;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.MLNet;

/// <summary>A row that a classifier is given: the model as a text, and a value of some type.</summary>
internal abstract class StepInput
{
    private float[] _row = [];

    /// <summary>The model; each row of a pipeline has the same.</summary>
    [ColumnName(Columns.Model)]
    public ReadOnlyMemory<char> Model { get; set; }

    /// <summary>The value as a raw row of the classifier, valid until the next one.</summary>
    public ReadOnlySpan<float> Row(InputKind kind, int length, (int Height, int Width)? size)
    {
        if (_row.Length != length) _row = new float[length];
        Fill(kind, size, _row);
        return _row;
    }

    private protected abstract void Fill(InputKind kind, (int Height, int Width)? size, float[] row);

    private protected static void Fill(RgbImage image, (int Height, int Width)? size, float[] row)
    {
        (int height, int width) = size ?? throw new ModelInputException("The classifier takes no images.");
        byte[] planes = new byte[row.Length];
        ImageResizing.Fit(image.OnWhite(), width, height).ToPlanes(planes);
        for (int i = 0; i < row.Length; i++) row[i] = planes[i];
    }
}

/// <summary>Features, or pixels.</summary>
internal sealed class FloatsInput : StepInput
{
    [ColumnName(Columns.Input), VectorType]
    public VBuffer<float> Value { get; set; }

    private protected override void Fill(InputKind kind, (int Height, int Width)? size, float[] row)
    {
        if (Value.Length != row.Length)
            throw new ModelInputException($"The classifier takes {row.Length} numbers, not {Value.Length}.");
        Value.CopyTo(row);
    }
}

/// <summary>A text, or the path of an image file.</summary>
internal sealed class TextInput : StepInput
{
    [ColumnName(Columns.Input)]
    public ReadOnlyMemory<char> Value { get; set; }

    private protected override void Fill(InputKind kind, (int Height, int Width)? size, float[] row)
    {
        if (kind == InputKind.ImagePath) Fill(ImageDecoder.Load(Value.ToString()), size, row);
        else WordTextEncoder.Shipped.Encode(Value.ToString(), row);
    }
}

/// <summary>An image file in memory.</summary>
internal sealed class BytesInput : StepInput
{
    [ColumnName(Columns.Input), VectorType]
    public VBuffer<byte> Value { get; set; }

    private protected override void Fill(InputKind kind, (int Height, int Width)? size, float[] row) =>
        Fill(ImageDecoder.Decode([.. Value.DenseValues()]), size, row);
}
