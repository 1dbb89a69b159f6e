using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.MLNet;

/// <summary>Reads the classes of rows, and says which classes there are.</summary>
internal abstract class LabelReader
{
    /// <summary>The class of a row's label, in the order in which labels were met; -1 where it is missing.</summary>
    public abstract Func<int> Bind(DataViewRow row, DataViewSchema.Column column);

    /// <summary>The classes, and the place among them of each label in the order in which they were met.</summary>
    /// <param name="named">The classes that the user named; may be none.</param>
    /// <exception cref="ModelInputException">The named classes are not those of the labels.</exception>
    public abstract (LabelClasses Classes, int[] Places) Finish(IReadOnlyList<ClassText> named);

    /// <summary>A reader for a label column; null stands for none.</summary>
    /// <exception cref="ModelInputException">The column is of a type that cannot be a label.</exception>
    public static LabelReader Of(DataViewSchema.Column? column, bool binary)
    {
        if (column is not { } label) return binary ? new BooleanLabels() : new ValueLabels<ReadOnlyMemory<char>>();
        if (binary && label.Type is not BooleanDataViewType)
            throw new ModelInputException(
                $"The label '{label.Name}' is of type {label.Type}, and a binary classifier takes Boolean; use "
                + "MulticlassClassification.Trainers.TextToModel.");
        if (label.Type is BooleanDataViewType) return new BooleanLabels();
        if (label.Type is KeyDataViewType key) return KeyLabels.Of(label, key);
        return ValueTypes.Visit(label.Type, new ValueReaders()) ?? throw new ModelInputException(
            $"The label '{label.Name}' is of type {label.Type}; a label is a key, a text, a number or a boolean.");
    }

    private sealed class ValueReaders : IValueVisitor<LabelReader>
    {
        public LabelReader Visit<T>(PrimitiveDataViewType type) => new ValueLabels<T>(type);
    }
}
