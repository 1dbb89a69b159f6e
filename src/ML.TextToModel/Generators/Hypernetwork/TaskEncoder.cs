using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>Turns the words of a task into its condition.</summary>
internal sealed class TaskEncoder(ITextEncoder encoder)
{
    // Places of the role among the last numbers of a feature.
    private const int Number = 0, Category = 1, Other = 2, Frequency = 3, Place = 4;

    private readonly float _scale = MathF.Sqrt(encoder.Length);   // numbers of a vector get deviation 1

    /// <summary>The name of the text encoder.</summary>
    public string Name => encoder.Name;

    /// <summary>The length of a text's vector.</summary>
    public int Length => encoder.Length;

    /// <summary>The condition of a task.</summary>
    /// <param name="requirement">The requirement's sentence.</param>
    /// <param name="task">What columns and classes mean.</param>
    /// <param name="classes">The classes' names in order.</param>
    /// <param name="preprocessing">What makes features of columns; null where features are those of a backbone.</param>
    /// <exception cref="ModelInputException">A text cannot be encoded.</exception>
    public TaskCondition Encode(
        string requirement, TaskDescription task, IReadOnlyList<string> classes, TablePreprocessing? preprocessing) =>
        new(
            Vector(requirement), preprocessing is null ? [] : Features(preprocessing, task),
            [.. classes.SelectMany(name => Vector(task.OfClass(name)))]);

    /// <summary>The vector of a text.</summary>
    /// <exception cref="ModelInputException">The text cannot be encoded.</exception>
    public float[] Vector(string text)
    {
        float[] vector = new float[Length];
        encoder.Encode(text, vector);
        foreach (ref float value in vector.AsSpan()) value *= _scale;
        return vector;
    }

    private float[] Features(TablePreprocessing preprocessing, TaskDescription task)
    {
        int length = TaskCondition.FeatureLength(Length);
        float[] features = new float[preprocessing.Width * length];
        Span<float> rest = features;
        foreach (ColumnEncoding column in preprocessing.Columns)
        {
            float[] ofColumn = column.Width == 0 ? [] : Vector(task.OfColumn(column.Name));
            for (int i = 0; i < column.Width; i++)
            {
                ofColumn.CopyTo(rest);
                Describe(column, i, rest.Slice(Length, Length), rest[(2 * Length)..length]);
                rest = rest[length..];
            }
        }
        return features;
    }

    /// <summary>Writes which of a column's features this is.</summary>
    private void Describe(ColumnEncoding column, int index, Span<float> category, Span<float> role)
    {
        if (column is not CategoricalEncoding encoding)
        {
            bool missing = column is NumericEncoding { MissingShare: > 0 } && index == column.Width - 1;
            role[missing ? Other : Number] = 1;
            role[Place] = (float)index / column.Width;
            return;
        }
        bool ofFrequency = encoding.HasFrequency && index == column.Width - 1;
        if (!ofFrequency && index < encoding.Marked.Count)
        {
            string text = encoding.Categories[encoding.Marked[index]];
            if (text.Any(char.IsLetterOrDigit)) Vector(text).CopyTo(category);
            role[Category] = 1;
        }
        else
        {
            role[ofFrequency ? Frequency : Other] = 1;
        }
    }
}
